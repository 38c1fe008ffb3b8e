"""Units, sites and displays: what the administrator sets up once."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from signage.domain.display import Display, Profile, Site
from signage.domain.people import Action
from signage.domain.sentences import N_, Refused
from signage.domain.units import Unit
from signage.web import choices, formats, naming
from signage.web.context import now, person, store
from signage.web.forms import text, ticked, whole_number
from signage.web.gate import allowed
from signage.web.language import gettext
from signage.web.refusals import shows_again
from signage.workflows.accounts import people
from signage.workflows.displays import provisioning

pages = Blueprint("units", __name__, url_prefix="/units")

MILLIONTHS = 1_000_000


@pages.get("")
@allowed(Action.PROVISION)
def page() -> str:
    mine = people.visible_units(store(), person(), Action.PROVISION)
    return render_template(
        "units/page.html",
        units=choices.units_for(Action.PROVISION),
        sites=[site for site in store().sites.all() if site.unit in mine],
        profiles=sorted(naming.profiles().values(), key=lambda one: one.id),
        displays=[one for one in naming.displays().values() if one.unit in mine],
        kinds=("phuong", "xa"),
    )


@pages.post("")
@allowed(Action.PROVISION)
@shows_again(page)
def add_unit() -> Response:
    unit = Unit(
        id=text("id").strip(),
        name=text("name"),
        parent=text("parent") or None,
        kind=text("kind"),
        valid_from=formats.today().isoformat(),
    )
    provisioning.add_unit(store(), unit, by=person(), at=now())
    flash(gettext("Đã thêm đơn vị “%(name)s”.", name=unit.name))
    return redirect(url_for(".page"), 303)


@pages.post("/sites")
@allowed(Action.PROVISION)
@shows_again(page)
def save_site() -> Response:
    site = Site(
        id=text("id").strip(),
        unit=text("unit"),
        name=text("name").strip(),
        latitude_e6=_millionths("latitude"),
        longitude_e6=_millionths("longitude"),
        has_loudspeaker=ticked("has_loudspeaker"),
    )
    provisioning.add_site(store(), site, by=person(), at=now())
    flash(gettext("Đã lưu điểm đặt “%(name)s”.", name=site.name))
    return redirect(url_for(".page", _anchor="sites"), 303)


@pages.post("/profiles")
@allowed(Action.PROVISION)
@shows_again(page)
def add_profile() -> Response:
    profile = Profile(
        id=text("id").strip(),
        name=text("name").strip(),
        width=whole_number("width"),
        height=whole_number("height"),
        traffic=ticked("traffic"),
        sound=ticked("sound"),
        pitch_um=whole_number("pitch_um"),
        viewing_cm=whole_number("viewing_cm"),
    )
    provisioning.add_profile(store(), profile, by=person(), at=now())
    flash(gettext("Đã thêm loại màn hình “%(name)s”.", name=profile.name))
    return redirect(url_for(".page", _anchor="profiles"), 303)


@pages.post("/displays")
@allowed(Action.PROVISION)
@shows_again(page)
def register_display() -> Response:
    display = Display(
        id=text("id").strip(),
        name=text("name"),
        site=text("site"),
        unit=text("unit"),
        profile=text("profile"),
        tags=request.form.get("tags", "").replace(",", " ").split(),
    )
    provisioning.register_display(store(), display, by=person(), at=now())
    flash(
        gettext(
            "Đã đăng ký màn hình “%(name)s”."
            " Trên máy chủ, hãy chạy: signage provision %(id)s <thư mục>",
            name=display.name,
            id=display.id,
        )
    )
    return redirect(url_for(".page", _anchor="displays"), 303)


@pages.post("/displays/<display_id>/retire")
@allowed(Action.PROVISION)
@shows_again(page)
def retire_display(display_id: str) -> Response:
    retired = provisioning.retire_display(store(), display_id, by=person(), at=now())
    flash(gettext("Đã ngừng dùng màn hình “%(name)s”.", name=retired.name))
    return redirect(url_for(".page", _anchor="displays"), 303)


def _millionths(field: str) -> int:
    typed = text(field).strip().replace(",", ".")
    try:
        return round(float(typed) * MILLIONTHS)
    except (ValueError, OverflowError):
        raise Refused(
            N_("Tọa độ “{typed}” không phải là số. Hãy nhập dạng 13.98."),
            field=field,
            typed=typed[:20],
        ) from None
