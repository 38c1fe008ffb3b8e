// Receives on a library of strangers: `node receivers.cjs sacn|artnet FIRST COUNT`. Prints one line
// when it listens and, when its input ends, what came as JSON.
const [protocol, first, count] = [process.argv[2], Number(process.argv[3]), Number(process.argv[4])];
const universes = Array.from({ length: count }, (_, place) => first + place);
const came = { packets: 0, faults: 0, slots: {} };

function take(universe, slots) {
  came.packets += 1;
  came.slots[universe] = Buffer.from(slots).toString('hex');
}

if (protocol === 'sacn') {
  const { Receiver } = require('sacn');
  const receiver = new Receiver({ universes, reuseAddr: true });
  receiver.on('packet', (packet) => {
    take(packet.universe, packet.privatePayload);
  });
  for (const fault of ['PacketCorruption', 'PacketOutOfOrder', 'error'])
    receiver.on(fault, () => { came.faults += 1; });
} else {
  const { dmxnet } = require('dmxnet');
  const node = new dmxnet({ log: { level: 'error' }, verbose: 0 });
  for (const universe of universes) {
    const [net, subnet, low] = [universe >> 8, (universe >> 4) & 15, universe & 15];
    node.newReceiver({ net, subnet, universe: low }).on('data', (slots) => take(universe, slots));
  }
}
setTimeout(() => console.log('listening'), 200);
process.stdin.on('end', () => {
  process.stdout.write(JSON.stringify(came), () => process.exit(0));
}).resume();
