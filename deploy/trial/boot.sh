#!/bin/bash
# Boots the Debian in folder $1 with systemd as its first process, in namespaces of its own.
# Called by machine.py. Without the right to set the clock, which is this machine's.
set -eu
root=$1
export root
exec unshare --mount --uts --ipc --pid --net --cgroup --fork --kill-child --propagation private bash -euc '
    ip link set lo up
    hostname trial
    mount --bind "$root" "$root"
    mount -t proc proc "$root/proc"
    mount -t sysfs sysfs "$root/sys"
    mount -t tmpfs -o mode=755 tmpfs "$root/run"
    mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
    mount -t tmpfs -o mode=755 tmpfs "$root/dev"
    for device in null zero full random urandom tty; do
        touch "$root/dev/$device"
        mount --bind "/dev/$device" "$root/dev/$device"
    done
    mkdir "$root/dev/pts" "$root/dev/shm"
    mount -t devpts -o newinstance,ptmxmode=666 devpts "$root/dev/pts"
    ln -s pts/ptmx "$root/dev/ptmx"
    ln -s /proc/self/fd "$root/dev/fd"
    mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm"
    # Version 2 of control groups where this machine has given none of them to version 1.
    if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
        mount -t cgroup2 cgroup "$root/sys/fs/cgroup"
    else
        mount -t tmpfs -o mode=755 tmpfs "$root/sys/fs/cgroup"
        mkdir "$root/sys/fs/cgroup/systemd"
        mount -t cgroup -o none,name=systemd,xattr cgroup "$root/sys/fs/cgroup/systemd"
    fi
    exec env -i container=trial PATH=/usr/sbin:/usr/bin:/sbin:/bin \
        setpriv --bounding-set -sys_time,-sys_module,-sys_rawio --inh-caps -all \
        chroot "$root" /lib/systemd/systemd --log-target=null --show-status=false
'
