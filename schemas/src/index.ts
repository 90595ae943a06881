export { filledValue } from './filled-record.ts';
export { loadModel, type Model } from './model.ts';
