/** The slot of a Redis Cluster that a name lies in: CRC16 (XMODEM) of it, or of its {tag}, of 16384. */
export function slotOf(name: string): number {
  const start = name.indexOf("{");
  const end = start < 0 ? -1 : name.indexOf("}", start + 1);
  const hashed = end > start + 1 ? name.slice(start + 1, end) : name;
  let crc = 0;
  for (const byte of Buffer.from(hashed)) {
    crc ^= byte << 8;
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  }
  return crc & 0x3fff;
}
