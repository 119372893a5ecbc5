// A wallet, money in, a payment that is refused, and the journal: KOPECK_URL and KOPECK_KEY say where and who.
import { isProblem, Kopeck } from '../src/index.js'; // 'kopeck-client' once it is installed

const kopeck = new Kopeck({ url: process.env['KOPECK_URL'] ?? 'http://127.0.0.1:5080', key: process.env['KOPECK_KEY'] ?? '' });

const ada = await kopeck.registerCustomer({ name: 'Ada Lovelace', country: 'GB', city: 'London', currency: 'EUR' });
const wallet = ada.wallets![0]!.id;
const deposit = await kopeck.deposit({ wallet, amount: '100.00', description: 'first' });
console.log(`operation ${deposit.id}: ${deposit.entries[1]!.balance} EUR`);

try {
  await kopeck.withdraw({ wallet, amount: '250.00' });
} catch (error) {
  if (!isProblem(error, 'insufficient_funds')) throw error;
  console.log(`refused: ${error.message}`);
}

for await (const operation of kopeck.journal()) {
  console.log(`${operation.id} ${operation.kind}`);
  if (operation.id === deposit.id) break;
}
