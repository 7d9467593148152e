"""The four official faces for one PDF: small subsets, handed to WeasyPrint as @font-face."""

ADDRESS = "nianbao-font:"
"""Scheme under which the fetcher hands out subsets; nothing else answers to it."""


def font_faces(characters: frozenset[str]) -> dict[str, bytes]:
    """Cut every face to the characters of one document: family name → font file."""
    return {}


def font_face_rules(faces: dict[str, bytes]) -> str:
    """Write the @font-face rules for the subsets."""
    return "".join(
        f'@font-face {{font-family:"{family}";src:url("{ADDRESS}{family}")}}\n' for family in faces
    )
