export { type Parcel, parcels, type Scenario, scenarios } from './scenarios.ts';
export { connectorOf, connectors, type ScenarioConnector } from './connectors.ts';
export { type StoryEvent } from './scene.ts';
