"""
Files citizens hand in: JPEG, PNG, WebP and PDF, judged by their content.

``receive`` what was sent, keep it in a model of the room that subclasses ``Upload``, and
``register_uploads`` so that ``civic/files/<uuid>/`` finds it and asks who may see it.
"""

from .kinds import Kind, UploadRefused
from .models import Upload, stored_name
from .names import display_name
from .receiving import Received, receive
from .serving import Source, find_visible_upload, register_uploads
from .storage import PrivateFileSystemStorage, UploadStorage

__all__ = [
    "Kind",
    "PrivateFileSystemStorage",
    "Received",
    "Source",
    "Upload",
    "UploadRefused",
    "UploadStorage",
    "display_name",
    "find_visible_upload",
    "receive",
    "register_uploads",
    "stored_name",
]
