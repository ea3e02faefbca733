/** What a person typed, as an address: anything with a scheme is one, anything like a host gets one, the rest is searched for. */
export function toAddress(typed) {
  const text = typed.trim();
  if (/^[a-z][a-z\d+.-]*:\S+$/i.test(text) && !/^[^/]+:\d+/.test(text)) return text;
  if (/^(localhost|\d+(\.\d+){3})(:\d+)?(\/|$)/.test(text)) return `http://${text}`;
  if (/^[^\s/]+\.[^\s/.]+(\/\S*)?$/.test(text)) return `https://${text}`;
  return `https://duckduckgo.com/?q=${encodeURIComponent(text)}`;
}
