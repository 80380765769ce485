"""The Ed25519 keys that sign seals: files that only the service's user may read."""

import os
import stat
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

_CURRENT = "current"
_OWNER_ONLY = 0o600


class KeyExists(Exception):
    """There is a signing key already; another one comes by rotation only."""


class KeyMissingError(Exception):
    """Seals exist, yet the key that should sign the next one is not where it belongs."""


class KeyExposedError(Exception):
    """Others than the service's user can read the private key."""


@dataclass(frozen=True, slots=True)
class PublicKey:
    """A public key by its id: the first 16 hex digits of SHA-256 over its 32 bytes."""

    id: str
    content: bytes

    def accepts(self, signature: bytes, message: bytes) -> bool:
        """Whether the signature over the message was made with this key."""
        try:
            Ed25519PublicKey.from_public_bytes(self.content).verify(signature, message)
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """The private half of a key, held no longer than one signature takes."""

    id: str
    _private: Ed25519PrivateKey

    def sign(self, message: bytes) -> str:
        """The 64-byte signature over the message, in hex."""
        return self._private.sign(message).hex()


def create() -> PublicKey:
    """A fresh key, now the one that signs. Raises KeyExists when one signs already."""
    if _pointer().exists():
        raise KeyExists(f"签名密钥已存在（{_current_id()}）；要换新钥请用 yipanqi keys rotate")
    key = generate()
    appoint(key)
    return key


def generate() -> PublicKey:
    """A fresh key pair on disk that does not sign yet: ID.key (0600) and ID.pub."""
    private = Ed25519PrivateKey.generate()
    content = private.public_key().public_bytes_raw()
    key = PublicKey(sha256(content).hexdigest()[:16], content)
    _directory().mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_new(_directory() / f"{key.id}.key", private.private_bytes_raw().hex())
    _write_new(_directory() / f"{key.id}.pub", content.hex())
    return key


def appoint(key: PublicKey) -> None:
    """Make the key the one that signs from now on."""
    beside = _directory() / f"{_CURRENT}.{key.id}"
    _write_new(beside, key.id)
    beside.replace(_pointer())


def destroy(key_id: str) -> None:
    """Remove the private half; the public half stays, to check what it signed."""
    (_directory() / f"{key_id}.key").unlink(missing_ok=True)


def current() -> PublicKey | None:
    """The key that signs, None before the first was created. Raises KeyMissingError."""
    if not _pointer().exists():
        return None
    key_id = _current_id()
    if (found := public(key_id)) is None:
        raise KeyMissingError(f"公钥文件 {key_id}.pub 不在密钥目录；请从保管处取回后再封存")
    return found


def signer() -> Signer:
    """The key that signs, ready to sign. Raises KeyMissingError or KeyExposedError."""
    if not _pointer().exists():
        raise KeyMissingError("没有签名密钥；请先运行 yipanqi keys create，或从保管处取回密钥目录")
    key_id = _current_id()
    path = _directory() / f"{key_id}.key"
    try:
        _refuse_exposed(path)
        private = Ed25519PrivateKey.from_private_bytes(bytes.fromhex(path.read_text("ascii")))
    except (FileNotFoundError, ValueError) as error:
        raise KeyMissingError(
            f"私钥文件 {key_id}.key 缺失或损坏；请从保管处取回后再封存"
        ) from error
    return Signer(key_id, private)


def public(key_id: str) -> PublicKey | None:
    """The public key with this id, whether it still signs or not; None when it is not kept here."""
    path = _directory() / f"{key_id}.pub"
    try:
        content = bytes.fromhex(path.read_text("ascii"))
    except (OSError, ValueError):
        return None
    # The id is derived from the content: a swapped file does not pass for the key it replaced.
    return PublicKey(key_id, content) if sha256(content).hexdigest()[:16] == key_id else None


def publics() -> list[PublicKey]:
    """Every public key kept, old ones too, by id."""
    ids = sorted(path.stem for path in _directory().glob("*.pub"))
    return [key for key_id in ids if (key := public(key_id))]


def _directory() -> Path:
    return Path(settings.LEDGER_KEY_DIR)


def _pointer() -> Path:
    return _directory() / _CURRENT


def _current_id() -> str:
    return _pointer().read_text("ascii").strip()


def _write_new(path: Path, content: str) -> None:
    with os.fdopen(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, _OWNER_ONLY), "w") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _refuse_exposed(path: Path) -> None:
    if stat.S_IMODE(path.stat().st_mode) & ~_OWNER_ONLY:
        raise KeyExposedError(
            f"私钥文件 {path.name} 可被他人读取；请运行 chmod 600，并考虑 yipanqi keys rotate"
        )
