export { encode } from '../ipc/clone-codec.ts';
