"""Where the screens of officials are found."""

URL_NAME = "civic_answers_admin"
