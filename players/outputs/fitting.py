"""Where a picture goes on a glass of another size: whole, as large as possible, centred."""


def fitted(picture: tuple[int, int], area: tuple[int, int]) -> tuple[int, int, int, int]:
    """Left, top, width and height of `picture` (width, height) inside `area`; exact when they are
    equal.
    """
    width, height = picture
    if width * area[1] > height * area[0]:
        shown = area[0], max(1, round(height * area[0] / width))
    else:
        shown = max(1, round(width * area[1] / height)), area[1]
    return (area[0] - shown[0]) // 2, (area[1] - shown[1]) // 2, shown[0], shown[1]


def places(strip: int, width: int, offset: int) -> list[int]:
    """Left edges at which a strip of `strip` pixels is drawn so that it fills `width` without a
    seam.
    """
    return list(range(-(offset % strip), width, strip))
