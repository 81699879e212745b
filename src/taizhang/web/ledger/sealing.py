"""Passwords of other systems, kept so that a copied database does not tell them; they are opened only to be used."""

import base64
import hashlib

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils.translation import gettext as _

from taizhang.web.ledger.workflow.trouble import RefusedError


def sealed(secret: str) -> bytes:
    """The secret under the key of this installation."""
    return _box().encrypt(secret.encode())


def opened(token: bytes) -> str:
    """The secret again; refused where the key of the installation changed since."""
    if not token:
        return ""
    try:
        return _box().decrypt(bytes(token)).decode()
    except InvalidToken as error:
        raise RefusedError(_("网站的密钥换过，原来存的密码打不开了，请双高办重新填写一次。")) from error


def _box() -> Fernet:
    return Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"taizhang.sealing:{settings.SECRET_KEY}".encode()).digest()))
