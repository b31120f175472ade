"""Windows only: seal bytes for the current account with DPAPI (CryptProtectData)."""

from __future__ import annotations

import ctypes
import sys

if sys.platform == "win32":
    from ctypes import wintypes

    class _Blob(ctypes.Structure):
        _fields_ = (("size", wintypes.DWORD), ("data", ctypes.POINTER(ctypes.c_char)))

    def _call(name: str, content: bytes) -> bytes:
        source = _Blob(len(content), ctypes.create_string_buffer(content, len(content)))
        target = _Blob()
        function = getattr(ctypes.windll.crypt32, name)
        if not function(ctypes.byref(source), None, None, None, None, 0, ctypes.byref(target)):
            raise ctypes.WinError()
        try:
            return ctypes.string_at(target.data, target.size)
        finally:
            ctypes.windll.kernel32.LocalFree(target.data)

    def protect(content: bytes) -> bytes:
        """Return `content` sealed for this Windows account."""
        return _call("CryptProtectData", content)

    def unprotect(content: bytes) -> bytes:
        """Return sealed `content` in the clear; raise OSError for another account's."""
        return _call("CryptUnprotectData", content)
