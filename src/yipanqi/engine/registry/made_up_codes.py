"""Credit codes for made-up registrations: valid in every character, no two alike."""

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from yipanqi.vocab import credit_codes

Whole = npt.NDArray[np.int64]
Characters = npt.NDArray[np.uint8]

# Source of the weights and of the check character of an organisation code: GB 11714-1997.
_ORGANISATION_WEIGHTS = np.array((3, 7, 9, 10, 5, 8, 4, 2))
_ORGANISATION_CHECKS = np.frombuffer(b"0X987654321", np.uint8)
_ALPHABET = np.frombuffer(credit_codes.ALPHABET.encode(), np.uint8)
_WEIGHTS = np.array(credit_codes.WEIGHTS)
_LENGTH = credit_codes.LENGTH
# A prime that divides neither count of numbers, so that multiplying shuffles them without loss.
_STEP = 73_939_133
_OLD_NUMBERS, _NEW_NUMBERS = 10**8, len(_ALPHABET) ** 6
MOST = _OLD_NUMBERS


def codes(
    offices: npt.NDArray[np.bytes_], serials: Whole, is_new: npt.NDArray[np.bool_]
) -> pa.Array:
    """The credit code of each enterprise: its office's, with its own number.

    `offices` are six digits each; `serials` from 0 to MOST - 1 give different codes; `is_new`
    tells those registered since 2015, whose organisation codes begin with MA.
    """
    rows = len(serials)
    code = np.empty((rows, _LENGTH), np.uint8)
    code[:, :2] = np.frombuffer(b"91", np.uint8)
    code[:, 2:8] = offices.view(np.uint8).reshape(rows, 6)
    code[:, 8:16] = np.where(is_new[:, None], _new_numbers(serials), _old_numbers(serials))
    code[:, 16] = _organisation_check(code[:, 8:16])
    values = _values_of(_ALPHABET)[code[:, :17]]
    code[:, 17] = _ALPHABET[-(values @ _WEIGHTS) % credit_codes.MODULUS]
    ends = pa.py_buffer(np.arange(0, (rows + 1) * _LENGTH, _LENGTH, dtype=np.int32))
    return pa.StringArray.from_buffers(rows, ends, pa.py_buffer(code.tobytes()))


def _old_numbers(serials: Whole) -> Characters:
    return _digits(serials * _STEP % _OLD_NUMBERS, 8, np.frombuffer(b"0123456789", np.uint8))


def _new_numbers(serials: Whole) -> Characters:
    six = _digits(serials * _STEP % _NEW_NUMBERS, 6, _ALPHABET)
    head = np.broadcast_to(np.frombuffer(b"MA", np.uint8), (len(serials), 2))
    return np.hstack([head, six])


def _digits(numbers: Whole, width: int, alphabet: Characters) -> Characters:
    powers = len(alphabet) ** np.arange(width - 1, -1, -1)
    digits: Characters = alphabet[numbers[:, None] // powers % len(alphabet)]
    return digits


def _organisation_check(bodies: Characters) -> Characters:
    """The ninth character; a remainder of 10 is written X."""
    values = _values_of(np.frombuffer(b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", np.uint8))[bodies]
    checks: Characters = _ORGANISATION_CHECKS[values @ _ORGANISATION_WEIGHTS % 11]
    return checks


def _values_of(alphabet: Characters) -> Whole:
    """For each byte its place in the alphabet."""
    places = np.zeros(256, np.int64)
    places[alphabet] = np.arange(len(alphabet))
    return places
