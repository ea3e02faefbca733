/** Chromium's net error codes that a person can do something about (net/base/net_error_list.h). */
const SENTENCES: Readonly<Record<number, string>> = {
  [-7]: 'The site took too long to answer. Try again.',
  [-21]: 'The network changed while the page was loading. Try again.',
  [-100]: 'The site closed the connection. Try again.',
  [-101]: 'The connection to the site was broken off. Try again.',
  [-102]: 'The site refused the connection. Check the address, or try again later.',
  [-104]: 'The site could not be connected to. Check the address, or try again later.',
  [-105]: 'There is no site at this address. Check how it is written.',
  [-106]: 'This computer is offline. Connect it, then reload.',
  [-107]: 'A secure connection to the site could not be made.',
  [-109]: 'The site cannot be reached from this network.',
  [-118]: 'The site took too long to answer. Try again.',
  [-130]: 'The proxy server could not be reached.',
  [-137]: 'There is no site at this address. Check how it is written.',
  [-200]: 'The site’s certificate is for another address. Retrace did not open it.',
  [-201]: 'The site’s certificate has expired or is not valid yet. Retrace did not open it.',
  [-202]: 'The site’s certificate comes from someone this computer does not trust. Retrace did not open it.',
  [-207]: 'The site’s certificate is not valid. Retrace did not open it.',
  [-310]: 'The site sent the page round in circles. Removing its cookies may help.',
  [-324]: 'The site sent nothing. Try again.',
};

/** The code of a load that was stopped or replaced by another one, which is no error to a person. */
const ABORTED = -3;

/**
 * Why a page could not be loaded, in a sentence, or null where there is nothing to say.
 *
 * @param code Chromium's net error code, as `did-fail-load` carries it.
 * @param description its short name, e.g. `ERR_NAME_NOT_RESOLVED`.
 */
export function loadErrorSentence(code: number, description: string): string | null {
  if (code === ABORTED) return null;
  return SENTENCES[code] ?? `Chromium reports ${description || `error ${code}`}. Try again.`;
}
