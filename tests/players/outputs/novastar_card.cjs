// A NovaStar card made of a library of strangers: `node novastar_card.cjs`. It prints its port, then a
// line for each request, and answers as a card does; "refuse" on its input makes it refuse.
const net = require('net');
const { Packet, RESPONSE } = require('@novastar/codec');

let refuses = false;
process.stdin.on('data', (data) => { refuses = `${data}`.includes('refuse'); }).on('end', () => process.exit(0));

const server = net.createServer((socket) => {
  socket.on('error', () => {});
  socket.on('data', (data) => {
    const asked = new Packet(data);
    const right = Packet.crc(asked) === asked.crc;
    console.log(JSON.stringify({
      right, address: asked.address, device: asked.deviceType, port: asked.port,
      card: asked.rcvIndex, io: asked.io, source: asked.source, data: [...asked.data],
    }));
    const answer = new Packet(20);
    Object.assign(answer, {
      head: RESPONSE, serno: asked.serno, source: asked.destination, destination: asked.source,
      ack: refuses ? 4 : 0, io: asked.io, address: asked.address,
    });
    Packet.crc(answer, true);
    socket.write(Packet.raw(answer));
  });
});
server.listen(0, '127.0.0.1', () => console.log(server.address().port));
