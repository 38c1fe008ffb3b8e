"""Provisioning: units, sites, profiles and displays, and when each came into use or left it."""

import msgspec

from signage.domain.display import Display, Profile, Site, checked_profile, checked_site
from signage.domain.names import checked_id, checked_title
from signage.domain.people import Action, NotAllowed, User
from signage.domain.sentences import N_, Refused
from signage.domain.units import Unit
from signage.store import Store
from signage.workflows.accounts.permission import demand


def add_root_unit(store: Store, unit: Unit, *, at: int) -> Unit:
    """Create the topmost unit of a new installation; raises NotAllowed when there is any unit."""
    with store.transaction():
        if store.units.all():
            raise NotAllowed(N_("Hệ thống đã có đơn vị. Hãy nhờ quản trị hệ thống thêm đơn vị."))
        _save_unit(store, unit, who="set-up", at=at)
    return unit


def add_unit(store: Store, unit: Unit, *, by: User, at: int) -> Unit:
    """Add a unit below another one; raises Refused when its id is taken."""
    if unit.parent is None:
        raise Refused(N_("Hãy chọn đơn vị cấp trên."), field="parent")
    with store.transaction():
        demand(store, by, Action.PROVISION, unit.parent)
        if unit.id in store.units.by_id():
            raise _taken(unit.id)
        _save_unit(store, unit, who=by.login, at=at)
    return unit


def add_site(store: Store, site: Site, *, by: User, at: int) -> Site:
    """Add a place, or change one."""
    with store.transaction():
        return save_site_within(store, site, by=by, at=at)


def save_site_within(store: Store, site: Site, *, by: User, at: int) -> Site:
    """Add a place, or change one, inside the caller's transaction."""
    checked = checked_site(site)
    before = [other for other in store.sites.all() if other.id == site.id]
    if before == [checked]:
        return checked
    for unit in {site.unit, *(other.unit for other in before)}:
        demand(store, by, Action.PROVISION, unit)
    store.sites.save(checked)
    _record(store, "site.saved", f"site:{site.id}", site.unit, by=by, at=at)
    return checked


def add_profile(store: Store, profile: Profile, *, by: User, at: int) -> Profile:
    """Add a kind of display; the very same again changes nothing."""
    checked = checked_profile(profile)
    with store.transaction():
        demand(store, by, Action.PROVISION, by.unit)
        store.profiles.add(checked)
        _record(store, "profile.added", f"profile:{profile.id}", by.unit, by=by, at=at)
    return checked


def register_display(store: Store, display: Display, *, by: User, at: int) -> Display:
    """Bring a display into use. Its id must never have been another one's."""
    with store.transaction():
        return register_within(store, display, by=by, at=at)


def register_within(store: Store, display: Display, *, by: User, at: int) -> Display:
    """Bring a display into use inside the caller's transaction."""
    demand(store, by, Action.PROVISION, display.unit)
    new = _checked_display(store, display)
    if any(new.id == other.id for other in store.displays.all(retired=True)):
        raise _taken(new.id)
    store.displays.save(new)
    _record(store, "display.registered", f"display:{new.id}", new.unit, by=by, at=at)
    return new


def change_display(store: Store, display: Display, *, by: User, at: int) -> Display:
    """Change name, place, unit, profile or tags of a display in use; key and brightness stay."""
    with store.transaction():
        old = store.displays.get(display.id)
        for unit in {old.unit, display.unit}:
            demand(store, by, Action.PROVISION, unit)
        if old.retired_at is not None:
            raise _retired(old)
        new = msgspec.structs.replace(
            _checked_display(store, display),
            player_key=old.player_key,
            retired_at=None,
            dimming=old.dimming,
        )
        store.displays.save(new)
        _record(store, "display.changed", f"display:{new.id}", new.unit, by=by, at=at)
    return new


def retire_display(store: Store, display_id: str, *, by: User, at: int) -> Display:
    """Take a display out of use for good: its player wipes what it holds."""
    with store.transaction():
        old = store.displays.get(display_id)
        demand(store, by, Action.PROVISION, old.unit)
        if old.retired_at is not None:
            raise _retired(old)
        new = msgspec.structs.replace(old, retired_at=at)
        store.displays.save(new)
        _record(store, "display.retired", f"display:{new.id}", new.unit, by=by, at=at)
    return new


def _checked_display(store: Store, display: Display) -> Display:
    checked_id(display.id)
    store.units.get(display.unit)
    store.sites.get(display.site)
    store.profiles.get(display.profile)
    tags = sorted({checked_id(tag, field="tags") for tag in display.tags})
    name = checked_title(display.name, field="name", what=N_("Tên màn hình"))
    return msgspec.structs.replace(display, name=name, tags=tags)


def _save_unit(store: Store, unit: Unit, *, who: str, at: int) -> None:
    checked_id(unit.id)
    name = checked_title(unit.name, field="name", what=N_("Tên đơn vị"))
    store.units.save(msgspec.structs.replace(unit, name=name))
    store.audit.record(who=who, act="unit.added", subject=f"unit:{unit.id}", unit=unit.id, at=at)


def _taken(name: str) -> Refused:
    return Refused(
        N_("Mã “{id}” đã được dùng. Mã cũ không dùng lại được, hãy chọn mã khác."),
        field="id",
        id=name,
    )


def _retired(display: Display) -> Refused:
    return Refused(
        N_("Màn hình “{name}” đã ngừng dùng. Hãy đăng ký màn hình mới với mã khác."),
        name=display.name,
    )


def _record(store: Store, act: str, subject: str, unit: str, *, by: User, at: int) -> None:
    store.audit.record(who=by.login, act=act, subject=subject, unit=unit, at=at)
