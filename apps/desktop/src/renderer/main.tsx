import { render } from 'solid-js/web';
import './styles/tokens.css';
import './styles/base.css';
import './styles/strip.css';
import './styles/address.css';
import './styles/page.css';
import './styles/panels.css';
import './styles/dialogs.css';
import './styles/toasts.css';
import { App } from './App.tsx';
import { electronAPI } from './electron-api.ts';
import { ApplicationProvider } from './state/application-context.tsx';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no element #root.');

render(
  () => (
    <ApplicationProvider api={electronAPI}>
      <App />
    </ApplicationProvider>
  ),
  root,
);
