"""LED walls driven over a network: wiring, colours, packets, and the thread that sends them.

A picture goes through `compositor` (the glass as numpy), `pixel_map` (the order of the wiring),
`colour` (white balance, curve, brightness), an encoder (`ddp`, `sacn`, `artnet`, `colorlight`:
pixels in, packets out) and `transport`. numpy is an extra: `settings`, `wiring` and `budget`
do without, so that settings are checked on any machine.
"""
