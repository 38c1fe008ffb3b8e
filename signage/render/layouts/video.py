"""Film: a video from the library on the whole surface; what is drawn here is its still."""

from signage.domain.sentences import N_
from signage.render.layout import Layout
from signage.render.layouts import full_picture

LAYOUT = Layout(
    name="video",
    title=N_("Video toàn màn hình"),
    description=N_("Một đoạn video hoặc ảnh động trong thư viện, trên toàn bộ màn hình."),
    fields=(),
    picture=True,
    film=True,
    fitted=True,
    draw=full_picture.LAYOUT.draw,
)
