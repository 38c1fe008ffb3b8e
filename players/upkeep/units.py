"""The texts that an installation writes: systemd units, the X server's, the time source's."""

from __future__ import annotations

from pathlib import Path
from typing import Final

UNIT_FOLDER: Final = Path("/etc/systemd/system")
MEDIUM_UNIT: Final = "signage-medium@.service"
MEDIUM_RULE: Final = "90-signage-medium.rules"
SCREEN_UNIT: Final = "signage-screen.service"
PLAYER_UNIT: Final = "signage-player@.service"

_SCREEN = """\
[Unit]
Description=Screen of the signage players: X without a desktop
After=systemd-user-sessions.service getty@tty1.service plymouth-quit.service
Conflicts=getty@tty1.service
StartLimitIntervalSec=0

[Service]
User={user}
PAMName=login
TTYPath=/dev/tty1
TTYReset=yes
TTYVHangup=yes
StandardInput=tty-force
StandardOutput=journal
StandardError=journal
# No pointer, no blanking, no network; what the players left as the backdrop stays (-noreset).
ExecStart=/usr/bin/Xorg :0 vt1 -keeptty -noreset -nolisten tcp -nocursor -s 0 -dpms -br
# Players come after this: X counts as started once it can be spoken to.
ExecStartPost=/bin/sh -c 'until [ -S /tmp/.X11-unix/X0 ]; do sleep 0.1; done'
ExecStopPost=/bin/rm -f /tmp/.X11-unix/X0
TimeoutStartSec=20
Restart=always
RestartSec=1

[Install]
WantedBy=multi-user.target
"""

_PLAYER = """\
[Unit]
Description=Signage player of display %i
{after}StartLimitIntervalSec=0

[Service]
Type=notify
User={user}
{tty}WorkingDirectory={home}/%i
{environment}ExecStart={command} run --config {home}/%i/player.yaml
{reload}WatchdogSec=30
TimeoutStartSec=60
TimeoutStopSec=20
KillMode=mixed
Restart=always
RestartSec=250ms
Nice=-5
OOMScoreAdjust=-500
{rights}NoNewPrivileges=yes
ProtectSystem=strict
ProtectHome=yes
ReadWritePaths={home}

[Install]
WantedBy=multi-user.target
"""

RELOAD: Final = "ExecReload=/bin/kill -HUP $MAINPID\n"
"""A new player, such as after an update; the last frame stays, LED walls hear of no end."""

_MEDIUM = """\
[Unit]
Description=Medium %i, read only, for bundles that are carried by hand
BindsTo=dev-%i.device
After=dev-%i.device

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/mkdir -p /run/media/signage/%i
# Nothing on it is run, no device and no foreign owner counts, and nothing is written to it.
ExecStart=/usr/bin/mount -t vfat,exfat -o {options} /dev/%i /run/media/signage/%i
ExecStop=/usr/bin/umount --lazy /run/media/signage/%i
ExecStopPost=-/usr/bin/rmdir /run/media/signage/%i
"""

_ON_X = "Wants=signage-screen.service\nAfter=signage-screen.service\n"
_IN_CAGE = "After=systemd-user-sessions.service getty@tty1.service\nConflicts=getty@tty1.service\n"
_TTY = "PAMName=login\nTTYPath=/dev/tty1\nStandardInput=tty-force\nNotifyAccess=all\n"


def screen_unit(user: str) -> str:
    """The X server, a service of its own: players may come and go below its last picture."""
    return _SCREEN.format(user=user)


def player_unit(command: str, *, user: str, home: str, kiosk: str, raw: bool = False) -> str:
    """One player for each display of this PC; `kiosk` is x, cage or none.

    `raw`: the players may send whole Ethernet frames, as ColorLight cards want them.
    """
    environment = {"x": "Environment=DISPLAY=:0 SDL_VIDEODRIVER=x11\n"}.get(kiosk, "")
    if kiosk == "cage":
        command = f"/usr/bin/cage -d -s -- {command}"
    return _PLAYER.format(
        after={"x": _ON_X, "cage": _IN_CAGE}.get(kiosk, ""),
        tty=_TTY if kiosk == "cage" else "",
        environment=environment,
        reload="" if kiosk == "cage" else RELOAD,
        rights="AmbientCapabilities=CAP_NET_RAW\n" if raw else "",
        command=command,
        user=user,
        home=home,
    )


def medium_unit(user: str) -> str:
    """A stick with a file system of cameras and office PCs is mounted for the player to read."""
    options = f"ro,noexec,nosuid,nodev,uid={user},dmask=0277,fmask=0377"
    return _MEDIUM.format(options=options)


def medium_rule() -> str:
    """Only sticks, and only the two file systems that come without owners and programs."""
    return (
        'ACTION=="add", SUBSYSTEM=="block", ENV{ID_BUS}=="usb", ENV{ID_FS_TYPE}=="vfat|exfat",'
        ' TAG+="systemd", ENV{SYSTEMD_WANTS}+="signage-medium@%k.service"\n'
    )


def chrony(controller: str) -> str:
    """The controller as a source of time, used beside others and alone where there is no other."""
    return (
        f"# The controller tells the time where no other server can be reached.\n"
        f"server {controller} iburst minpoll 4 maxpoll 8\n"
        f"# A PC whose battery is empty starts years off: put right at the first chances.\n"
        f"makestep 1 3\n"
    )
