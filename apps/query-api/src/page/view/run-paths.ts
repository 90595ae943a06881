/** Where a run is looked at: as a whole, frame by frame, beside another. */
export const runPath = (id: string): string => `/runs/-?id=${encodeURIComponent(id)}`;
export const replayPath = (id: string, frame?: number, asOf?: string): string =>
  `/runs/-/replay?id=${encodeURIComponent(id)}${frame === undefined ? '' : `&frame=${frame}`}${asOf === undefined ? '' : `&as_of=${encodeURIComponent(asOf)}`}`;
export const diffPath = (id: string, other?: string): string =>
  `/runs/-/diff?id=${encodeURIComponent(id)}${other === undefined ? '' : `&other=${encodeURIComponent(other)}`}`;
