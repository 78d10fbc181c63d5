/** The presence page: a narrow panel beside whatever else the CRM shows. */
import { PresencePage } from './PresencePage';
import { startPage } from './start';
import './styles/desk-parts.css';
import './styles/side.css';

startPage({ inCrm: true, page: (props) => <PresencePage {...props} /> });
