import type { ElectronAPI } from '@retrace/protocol';
import { createContext, useContext } from 'solid-js';
import type { ParentProps } from 'solid-js';
import { createApplication } from './application.ts';
import type { Application } from './application.ts';

const ApplicationContext = createContext<Application>();

export function ApplicationProvider(props: ParentProps<{ api: ElectronAPI }>) {
  // The bridge is there once and for all: it is not a reactive value.
  // eslint-disable-next-line solid/reactivity
  const application = createApplication(props.api);
  return <ApplicationContext.Provider value={application}>{props.children}</ApplicationContext.Provider>;
}

export function useApplication(): Application {
  const application = useContext(ApplicationContext);
  if (application === undefined) throw new Error('useApplication is called outside ApplicationProvider.');
  return application;
}
