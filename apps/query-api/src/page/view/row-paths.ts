/** The page lands on the event itself. */
export const contextPath = (eventId: string): string => `/events/-/context?id=${encodeURIComponent(eventId)}#focus`;

/** By the id of a step, a call, an effect or an event. */
export const stepPath = (id: string): string => `/steps/-?id=${encodeURIComponent(id)}`;
