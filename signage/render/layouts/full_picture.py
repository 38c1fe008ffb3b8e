"""Full picture: a poster or photo on the whole surface, cut only when little is lost."""

from PIL import Image

from signage.domain.fit import fills, share_lost
from signage.domain.sentences import N_
from signage.render.contents import Contents, keep_contents
from signage.render.layout import Layout, Page
from signage.render.pictures import contain, cover, on_backdrop

# A 3:2 photo may fill a 16:9 screen; from a 4:3 poster the first and last line would be cut.
MAX_SHARE_LOST = 0.16


def _draw(page: Page) -> Image.Image:
    picture = page.given_picture()
    if fills(page.fit, picture.size, page.size, may_go=MAX_SHARE_LOST):
        covering = cover(picture, page.size)
        keep_contents(covering, Contents(cut=share_lost(picture.size, page.size)))
        return covering
    if not page.led:
        return on_backdrop(picture, page.size)
    # On a board a blur only glares; black shows the picture best and costs no power.
    ground = Image.new("RGB", page.size, page.look.paper)
    whole = contain(picture, page.size)
    ground.paste(whole, ((page.size[0] - whole.width) // 2, (page.size[1] - whole.height) // 2))
    return ground


LAYOUT = Layout(
    name="full_picture",
    title=N_("Ảnh toàn màn hình"),
    description=N_("Một ảnh hoặc áp phích trên toàn bộ màn hình, không có chữ thêm."),
    fields=(),
    picture=True,
    fitted=True,
    draw=_draw,
)
