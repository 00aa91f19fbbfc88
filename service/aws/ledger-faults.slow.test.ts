import { ledgerFaultSuite } from '../testing/conformance/ledger-fault-suite.ts';
import { openLedger } from './dynamo-ledger.ts';

ledgerFaultSuite('DynamoDB', openLedger);
