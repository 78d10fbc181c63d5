/** The service page: what the contact center knows of the person whose page is open in the CRM. */
import { ServicePage } from './ServicePage';
import { startPage } from './start';
import './styles/desk-parts.css';
import './styles/talk-parts.css';
import './styles/customer.css';
import './styles/side.css';

startPage({ inCrm: true, page: (props) => <ServicePage key={props.facts.customer} {...props} /> });
