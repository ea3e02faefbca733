/* global Notification, window */

const outcome = (promise) =>
  promise.then(
    () => 'granted',
    (error) => error.name,
  );

const position = () =>
  new Promise((resolve) => {
    navigator.geolocation.getCurrentPosition(
      () => resolve('granted'),
      (error) => resolve(error.code === error.PERMISSION_DENIED ? 'NotAllowedError' : 'unavailable'),
    );
  });

/** Asks for each permission and says what came of it. */
window.askForPermissions = async () => ({
  notifications: await Notification.requestPermission(),
  geolocation: await position(),
  microphone: await outcome(navigator.mediaDevices.getUserMedia({ audio: true })),
  camera: await outcome(navigator.mediaDevices.getUserMedia({ video: true })),
  clipboardRead: await outcome(navigator.clipboard.readText()),
  midi: await outcome(navigator.requestMIDIAccess({ sysex: true })),
});

/** What the browser says of each permission without being asked for it. */
window.queryPermissions = async () => {
  const names = ['notifications', 'geolocation', 'microphone', 'camera', 'clipboard-read', 'midi'];
  const states = await Promise.all(
    names.map(async (name) => [name, (await navigator.permissions.query({ name, sysex: true })).state]),
  );
  return Object.fromEntries(states);
};
