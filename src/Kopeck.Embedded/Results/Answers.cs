using Kopeck.Engine.Keys;
using Kopeck.Engine.Storage;
using Kopeck.Ledger.Accounts;
using Kopeck.Ledger.Customers;
using Kopeck.Ledger.Quotes;

namespace Kopeck.Embedded;

/// <summary>A page of a list.</summary>
/// <param name="Next">The cursor to go on with; null at the end.</param>
public sealed record LedgerPage<T>(IReadOnlyList<T> Items, string? Next);

/// <summary>A customer that was registered.</summary>
/// <param name="Wallet">Its first wallet, where a currency was given.</param>
public sealed record Registration(Customer Customer, Account? Wallet);

/// <summary>The quotes in force on a date.</summary>
public sealed record QuotesInForce(DateOnly Date, string BaseCurrency, IReadOnlyList<Quote> Quotes);

/// <summary>An API key for the server that works on the same database.</summary>
/// <param name="Secret">Shown this once; null in a dry run.</param>
public sealed record CreatedKey(ApiKey Key, string? Secret);

/// <summary>A book that was opened.</summary>
/// <param name="Row">The book's row; null in a dry run.</param>
/// <param name="AdministratorKey">The secret of the key <c>admin</c> for the server, shown this once; null in a dry run.</param>
public sealed record OpenedBook(string Name, string BaseCurrency, int QuoteMaxAgeDays, BookRow? Row, string? AdministratorKey);
