"""The demo's MQTT broker as a process: `python -m signage.demo.broker_process <port>`.

On loopback only, for a few displays on one machine: it has no access rules, and what it retains
dies with it.
"""

import logging
import sys

from iotcore import IotCoreBroker

from players.contract.limits import MAX_PAGE_BYTES, MIB
from signage.demo.ports import LOOPBACK

MAX_PACKET_BYTES = MAX_PAGE_BYTES + MIB
MAX_CONNECTIONS = 500
MAX_INFLIGHT = 1000


def main() -> None:
    """Serve until the process is ended."""
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(levelname)s %(message)s")
    # It marks the handling of each packet as an error in its log; only failures should stand there.
    logging.getLogger("rumqttd").setLevel(logging.CRITICAL)
    broker = IotCoreBroker(
        listen=LOOPBACK,
        port=int(sys.argv[1]),
        max_payload_size=MAX_PACKET_BYTES,
        max_connections=MAX_CONNECTIONS,
        max_inflight_count=MAX_INFLIGHT,
    )
    broker.run_forever()


if __name__ == "__main__":
    main()
