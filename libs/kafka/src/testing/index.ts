export { dropProxy, type DropProxy, readAll } from './broker-rig.ts';
