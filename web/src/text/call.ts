// Numbers and addresses of the program's own desks as links. Pure.

/** "#9110" and "03-1234-5678" as a telephone takes them. */
export const callable = (phone: string): string => `tel:${encodeURIComponent(phone.replace(/[^\d#*+]/g, ''))}`;

/** A web address that may be a link: http or https, nothing else; null for all others. */
export function official(web: string | null | undefined): string | null {
  if (!web) return null;
  try {
    const url = new URL(web);
    return url.protocol === 'https:' || url.protocol === 'http:' ? url.href : null;
  } catch {
    return null;
  }
}
