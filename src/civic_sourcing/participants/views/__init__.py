from civic_sourcing.participants.views.guardians import ask_guardian, guardian
from civic_sourcing.participants.views.leaving import erase, erased
from civic_sourcing.participants.views.legal_texts import consents, legal_text
from civic_sourcing.participants.views.me import me, profile
from civic_sourcing.participants.views.my_data import fetch_data, my_data

__all__ = [
    "ask_guardian",
    "consents",
    "erase",
    "erased",
    "fetch_data",
    "guardian",
    "legal_text",
    "me",
    "my_data",
    "profile",
]
