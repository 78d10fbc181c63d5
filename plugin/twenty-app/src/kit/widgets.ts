import { type PageLayoutWidgetManifest } from 'twenty-sdk/define';

/** A front component that fills its tab. */
export const frontComponent = (universalIdentifier: string, title: string, component: string): PageLayoutWidgetManifest => ({
  universalIdentifier,
  title,
  type: 'FRONT_COMPONENT',
  configuration: { configurationType: 'FRONT_COMPONENT', frontComponentUniversalIdentifier: component },
});
