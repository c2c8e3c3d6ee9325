/** "01", "Court room 3" and "3" are all one door: "Courtroom 3". Another name stays as the court wrote it. */
export function roomName(room: string | null): string {
  if (room === null || room.trim() === '') return 'Courtroom not given';
  const found = /^(?:court\s*room|court|room|ct)?\.?\s*0*(\d{1,3}[A-Za-z]?)$/i.exec(room.trim());
  return found === null ? room.trim() : `Courtroom ${found[1] ?? ''}`;
}
