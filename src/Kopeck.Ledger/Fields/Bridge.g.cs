// Bridge until the generator lands.
#nullable enable
#pragma warning disable
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using System.Text.Json.Serialization;
namespace Kopeck.Ledger.Fields;


public readonly record struct BookName : IField<BookName> {
  readonly string? value; BookName(string v) { value = v; }
  public const int MaxLength = 40; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.BookName;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out BookName value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static BookName Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct CurrencyCode : IField<CurrencyCode> {
  readonly string? value; CurrencyCode(string v) { value = v; }
  public const int MaxLength = 3; public const int MinLength = 3;
  public static FieldType Type => FieldTypes.CurrencyCode;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out CurrencyCode value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static CurrencyCode Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct CountryCode : IField<CountryCode> {
  readonly string? value; CountryCode(string v) { value = v; }
  public const int MaxLength = 2; public const int MinLength = 2;
  public static FieldType Type => FieldTypes.CountryCode;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out CountryCode value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static CountryCode Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct CustomerName : IField<CustomerName> {
  readonly string? value; CustomerName(string v) { value = v; }
  public const int MaxLength = 200; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.CustomerName;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out CustomerName value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static CustomerName Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct CityName : IField<CityName> {
  readonly string? value; CityName(string v) { value = v; }
  public const int MaxLength = 100; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.CityName;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out CityName value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static CityName Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct CustomerCode : IField<CustomerCode> {
  readonly string? value; CustomerCode(string v) { value = v; }
  public const int MaxLength = 64; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.CustomerCode;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out CustomerCode value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static CustomerCode Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct AccountCode : IField<AccountCode> {
  readonly string? value; AccountCode(string v) { value = v; }
  public const int MaxLength = 64; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.AccountCode;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out AccountCode value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static AccountCode Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct Description : IField<Description> {
  readonly string? value; Description(string v) { value = v; }
  public const int MaxLength = 500; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.Description;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out Description value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static Description Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct Metadata : IField<Metadata> {
  readonly string? value; Metadata(string v) { value = v; }
  public const int MaxLength = 4000; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.Metadata;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out Metadata value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static Metadata Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct IdempotencyKey : IField<IdempotencyKey> {
  readonly string? value; IdempotencyKey(string v) { value = v; }
  public const int MaxLength = 255; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.IdempotencyKey;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out IdempotencyKey value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static IdempotencyKey Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct KeyName : IField<KeyName> {
  readonly string? value; KeyName(string v) { value = v; }
  public const int MaxLength = 64; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.KeyName;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out KeyName value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static KeyName Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct KeyScopes : IField<KeyScopes> {
  readonly string? value; KeyScopes(string v) { value = v; }
  public const int MaxLength = 64; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.KeyScopes;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out KeyScopes value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static KeyScopes Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}

public readonly record struct QuoteRate : IField<QuoteRate> {
  readonly UInt128 scaled; QuoteRate(UInt128 v) { scaled = v; }
  public const int Precision = 28; public const int Scale = 14;
  static readonly UInt128 One = 100_000_000_000_000UL;
  public static UInt128 MaxScaled => (UInt128)99_999_999_999_999UL * One + 99_999_999_999_999UL;
  public static FieldType Type => FieldTypes.QuoteRate;
  public UInt128 Scaled => scaled;
  public string Text => ToString();
  public static bool TryParse(string? text, out QuoteRate value, [NotNullWhen(false)] out FieldError? error) => TryParse(text.AsSpan(), out value, out error);
  public static bool TryParse(ReadOnlySpan<char> text, out QuoteRate value, [NotNullWhen(false)] out FieldError? error) {
    value = default; error = null; UInt128 v = 0; int dec = -1, digits = 0; 
    if (text.Length > 60) { error = new("too_large", "too long"); return false; }
    for (int i = 0; i < text.Length; i++) { var c = text[i]; if (c == '.' && dec < 0 && i > 0 && i < text.Length - 1) { dec = 0; continue; } if (!char.IsAsciiDigit(c)) { error = new("not_a_number", "not a decimal number"); return false; } if (dec >= 0) { if (++dec > 14) { error = new("too_many_decimals", "a quote has 14 decimals at most"); return false; } } else if (++digits > 14) { error = new("too_large", "a quote has 14 digits before the point at most"); return false; } v = v * 10 + (uint)(c - '0'); }
    if (text.Length == 0 || (text.Length > 1 && text[0] == '0' && text[1] != '.')) { error = new("not_a_number", "not a decimal number"); return false; }
    for (int d = Math.Max(dec, 0); d < 14; d++) v *= 10;
    if (v == 0) { error = new("not_positive", "a quote is more than zero"); return false; }
    value = new(v); return true; }
  public static QuoteRate Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() { var w = (scaled / One).ToString(); var f = (scaled % One).ToString().PadLeft(14, '0').TrimEnd('0'); return f.Length == 0 ? w : w + "." + f; }
}

public readonly record struct QuoteSource : IField<QuoteSource> {
  readonly string? value; QuoteSource(string v) { value = v; }
  public const int MaxLength = 40; public const int MinLength = 1;
  public static FieldType Type => FieldTypes.QuoteSource;
  public string Value => value ?? ""; public string Text => Value;
  public static bool TryParse(string? text, out QuoteSource value, [NotNullWhen(false)] out FieldError? error) { value = default; if (!TextRules.TryNormalize(Type, text, out var n, out error)) return false; value = new(n); return true; }
  public static QuoteSource Parse(string text) => TryParse(text, out var v, out var e) ? v : throw new FormatException(e.Detail);
  public override string ToString() => Value;
}
public static class FieldTypes {
  public static FieldType BookName { get; } = new() { Name = "book_name", Kind = FieldKind.Text, Description = @"A book's name: lower-case ASCII letters, digits and hyphens, starting with a letter.", MaxLength = 40, MinLength = 1, Pattern = @"^[a-z][a-z0-9-]*$" };
  public static FieldType CurrencyCode { get; } = new() { Name = "currency_code", Kind = FieldKind.Text, Description = @"An ISO 4217 currency code.", MaxLength = 3, MinLength = 3, Pattern = @"^[A-Z]{3}$" };
  public static FieldType CountryCode { get; } = new() { Name = "country_code", Kind = FieldKind.Text, Description = @"An ISO 3166-1 alpha-2 country code.", MaxLength = 2, MinLength = 2, Pattern = @"^[A-Z]{2}$" };
  public static FieldType CustomerName { get; } = new() { Name = "customer_name", Kind = FieldKind.Text, Description = @"What a customer is called.", MaxLength = 200, MinLength = 1 };
  public static FieldType CityName { get; } = new() { Name = "city_name", Kind = FieldKind.Text, Description = @"A city's name.", MaxLength = 100, MinLength = 1 };
  public static FieldType CustomerCode { get; } = new() { Name = "customer_code", Kind = FieldKind.Text, Description = @"The caller's own id of a customer.", MaxLength = 64, MinLength = 1 };
  public static FieldType AccountCode { get; } = new() { Name = "account_code", Kind = FieldKind.Text, Description = @"The caller's own name of an account, such as fees.", MaxLength = 64, MinLength = 1 };
  public static FieldType Description { get; } = new() { Name = "description", Kind = FieldKind.Text, Description = @"What an operation was for. Not for personal data: it cannot be erased.", MaxLength = 500, MinLength = 1 };
  public static FieldType Metadata { get; } = new() { Name = "metadata", Kind = FieldKind.Text, Description = @"A JSON object of the caller's own, compact.", MaxLength = 4000, MinLength = 1 };
  public static FieldType IdempotencyKey { get; } = new() { Name = "idempotency_key", Kind = FieldKind.Text, Description = @"An idempotency key: visible ASCII characters.", MaxLength = 255, MinLength = 1, Pattern = @"^[!-~]+$" };
  public static FieldType KeyName { get; } = new() { Name = "key_name", Kind = FieldKind.Text, Description = @"The name of an API key, which is the actor of the operations it makes.", MaxLength = 64, MinLength = 1, Pattern = @"^[A-Za-z0-9][A-Za-z0-9._-]*$" };
  public static FieldType KeyScopes { get; } = new() { Name = "key_scopes", Kind = FieldKind.Text, Description = @"The scopes of an API key, separated by a comma.", MaxLength = 64, MinLength = 1, Pattern = @"^[a-z]+(,[a-z]+)*$" };
  public static FieldType QuoteRate { get; } = new() { Name = "quote_rate", Kind = FieldKind.Numeric, Description = @"Units of the book's base currency for one unit of a currency; more than zero.", Precision = 28, Scale = 14, IsPositive = true };
  public static FieldType QuoteSource { get; } = new() { Name = "quote_source", Kind = FieldKind.Text, Description = @"Where a quote came from, such as ecb.", MaxLength = 40, MinLength = 1, Pattern = @"^[a-z][a-z0-9-]*$" };
  public static FieldType QuoteMaxAgeDays { get; } = new() { Name = "quote_max_age_days", Kind = FieldKind.Integer, Description = @"The days for which a quote may be used after its date.", Minimum = 1, Maximum = 3650 };
  public static FieldType MinorUnits { get; } = new() { Name = "minor_units", Kind = FieldKind.Integer, Description = @"Digits after the decimal point of a currency's minor unit.", Minimum = 0, Maximum = 4 };
  public static FieldType OperationNumber { get; } = new() { Name = "operation_number", Kind = FieldKind.Integer, Description = @"The number of an operation, and so the id of what it created.", Minimum = 1 };
  public static FieldType AmountMinor { get; } = new() { Name = "amount_minor", Kind = FieldKind.Integer, Description = @"An amount or a balance in minor units." };
  public static FieldType Instant { get; } = new() { Name = "instant", Kind = FieldKind.Integer, Description = @"Microseconds since 1970-01-01T00:00:00Z.", Minimum = 0 };
  public static FieldType Digest { get; } = new() { Name = "digest", Kind = FieldKind.Bytes, Description = @"A SHA-256 digest." };
  public static FieldType KeyDigest { get; } = new() { Name = "key_digest", Kind = FieldKind.Bytes, Description = @"The first 16 bytes of the SHA-256 digest of an idempotency key." };
  public static FieldType BigintType { get; } = new() { Name = "bigint", Kind = FieldKind.Integer, Description = "" };
  public static FieldType SmallintType { get; } = new() { Name = "smallint", Kind = FieldKind.Integer, Description = "" };
  public static FieldType IntegerType { get; } = new() { Name = "integer", Kind = FieldKind.Integer, Description = "" };
  public static FieldType TextType { get; } = new() { Name = "text", Kind = FieldKind.Text, Description = "" };
  public static FieldType ByteaType { get; } = new() { Name = "bytea", Kind = FieldKind.Bytes, Description = "" };
  public static FieldType BooleanType { get; } = new() { Name = "boolean", Kind = FieldKind.Boolean, Description = "" };
  public static FieldType DateType { get; } = new() { Name = "date", Kind = FieldKind.Date, Description = "" };
  public static FieldType Varchar100 { get; } = new() { Name = "varchar", Kind = FieldKind.Text, MaxLength = 100, MinLength = 1, Description = "" };
}
public static class Tables {
  public static class Books { public const string TableName = "books";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book's name.");
    public static Column BaseCurrency { get; } = new("base_currency", FieldTypes.CurrencyCode, false, false, @"The currency in which quotes are expressed. Fixed by the first operation.");
    public static Column QuoteMaxAgeDays { get; } = new("quote_max_age_days", FieldTypes.QuoteMaxAgeDays, false, false, @"How long a quote may be used. Fixed by the first operation.");
    public static Column HeadNumber { get; } = new("head_number", FieldTypes.OperationNumber, false, false, @"The number of the last operation.");
    public static Column HeadHash { get; } = new("head_hash", FieldTypes.Digest, false, false, @"The hash of the last operation.");
    public static Column HeadAt { get; } = new("head_at", FieldTypes.Instant, false, false, @"The instant of the last operation.");
    public static Column Epoch { get; } = new("epoch", FieldTypes.BigintType, false, false, @"Raised to make a lost batch's late arrival impossible.");
    public static Column FirstHash { get; } = new("first_hash", FieldTypes.Digest, false, false, @"The hash of the first operation: tells this book from another one of the same name.");
    public static Column QuotesHash { get; } = new("quotes_hash", FieldTypes.Digest, true, false, @"The hash of the last operation that loaded quotes: with the first hash, the name of a cached answer about quotes.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, BaseCurrency, QuoteMaxAgeDays, HeadNumber, HeadHash, HeadAt, Epoch, FirstHash, QuotesHash];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book"];
  }
  public static class Operations { public const string TableName = "operations";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"1 for the book's first operation; without gaps.");
    public static Column GroupNumber { get; } = new("group_number", FieldTypes.OperationNumber, false, false, @"The number of the last operation of the group that was decided as one.");
    public static Column Kind { get; } = new("kind", FieldTypes.SmallintType, false, false, @"The kind: see OperationKind.");
    public static Column At { get; } = new("at", FieldTypes.Instant, false, false, @"When it happened; never before the operation before it.");
    public static Column Actor { get; } = new("actor", FieldTypes.KeyName, false, false, @"The name of the API key that asked for it.");
    public static Column Key { get; } = new("key", FieldTypes.IdempotencyKey, true, false, @"The idempotency key.");
    public static Column Fingerprint { get; } = new("fingerprint", FieldTypes.Digest, false, false, @"The digest of the request, to tell a replay from a reused key.");
    public static Column Body { get; } = new("body", FieldTypes.TextType, false, false, @"What was decided, as canonical JSON: exactly the bytes that are hashed.");
    public static Column Entries { get; } = new("entries", FieldTypes.ByteaType, false, false, @"The entries in their canonical binary form: exactly the bytes that are hashed.");
    public static Column Hash { get; } = new("hash", FieldTypes.Digest, false, false, @"SHA-256 over the previous hash and the canonical form of this operation.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Number, GroupNumber, Kind, At, Actor, Key, Fingerprint, Body, Entries, Hash];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "number"];
  }
  public static class PersonalValues { public const string TableName = "personal_values";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"The operation that set the values.");
    public static Column Customer { get; } = new("customer", FieldTypes.OperationNumber, false, false, @"The customer.");
    public static Column IsCurrent { get; } = new("is_current", FieldTypes.BooleanType, false, false, @"Whether the values are in force.");
    public static Column Salt { get; } = new("salt", FieldTypes.Digest, false, false, @"The salt of the values' digest and of the request's fingerprint.");
    public static Column Name { get; } = new("name", FieldTypes.CustomerName, false, true, @"What the customer is called.");
    public static Column City { get; } = new("city", FieldTypes.CityName, false, true, @"The city the customer lives in.");
    public static Column Code { get; } = new("code", FieldTypes.CustomerCode, true, true, @"The caller's own id of the customer, unique in the book.");
    public static Column Metadata { get; } = new("metadata", FieldTypes.Metadata, true, true, @"A JSON object of the caller's own.");
    public static Column NameFolded { get; } = new("name_folded", FieldTypes.TextType, false, false, @"The name, folded for search.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Number, Customer, IsCurrent, Salt, Name, City, Code, Metadata, NameFolded];
    public static IReadOnlyList<Column> Inputs { get; } = [Name, City, Code, Metadata];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "number"];
  }
  public static class Customers { public const string TableName = "customers";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Customer { get; } = new("customer", FieldTypes.OperationNumber, false, false, @"The operation that registered the customer.");
    public static Column Country { get; } = new("country", FieldTypes.CountryCode, false, false, @"Where the customer lives.");
    public static Column Changed { get; } = new("changed", FieldTypes.OperationNumber, false, false, @"The last operation that changed the customer.");
    public static Column IsErased { get; } = new("is_erased", FieldTypes.BooleanType, false, false, @"Whether the personal values were erased.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Customer, Country, Changed, IsErased];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "customer"];
  }
  public static class CustomerChanges { public const string TableName = "customer_changes";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Customer { get; } = new("customer", FieldTypes.OperationNumber, false, false, @"The customer.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"The operation.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Customer, Number];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "customer", "number"];
  }
  public static class Accounts { public const string TableName = "accounts";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Account { get; } = new("account", FieldTypes.OperationNumber, false, false, @"The operation that opened the account.");
    public static Column Kind { get; } = new("kind", FieldTypes.SmallintType, false, false, @"The kind: see AccountKind.");
    public static Column Customer { get; } = new("customer", FieldTypes.OperationNumber, true, false, @"The owner of a wallet.");
    public static Column Currency { get; } = new("currency", FieldTypes.CurrencyCode, false, false, @"The currency.");
    public static Column MinorUnits { get; } = new("minor_units", FieldTypes.MinorUnits, false, false, @"The digits of the currency's minor unit when the account was opened.");
    public static Column Code { get; } = new("code", FieldTypes.AccountCode, true, false, @"The caller's own name of the account, unique in the book.");
    public static Column Status { get; } = new("status", FieldTypes.SmallintType, false, false, @"The status: see AccountStatus.");
    public static Column Floor { get; } = new("floor", FieldTypes.AmountMinor, true, false, @"The lowest posted - held; null is none.");
    public static Column Posted { get; } = new("posted", FieldTypes.AmountMinor, false, false, @"The booked balance.");
    public static Column Held { get; } = new("held", FieldTypes.AmountMinor, false, false, @"What open holds reserve.");
    public static Column Changed { get; } = new("changed", FieldTypes.OperationNumber, false, false, @"The last operation that touched the account.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Account, Kind, Customer, Currency, MinorUnits, Code, Status, Floor, Posted, Held, Changed];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "account"];
  }
  public static class AccountChanges { public const string TableName = "account_changes";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Account { get; } = new("account", FieldTypes.OperationNumber, false, false, @"The account.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"The operation that changed it.");
    public static Column Status { get; } = new("status", FieldTypes.SmallintType, false, false, @"The status from then on.");
    public static Column Floor { get; } = new("floor", FieldTypes.AmountMinor, true, false, @"The floor from then on.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Account, Number, Status, Floor];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "account", "number"];
  }
  public static class Entries { public const string TableName = "entries";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Account { get; } = new("account", FieldTypes.OperationNumber, false, false, @"The account.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"The operation.");
    public static Column Place { get; } = new("place", FieldTypes.SmallintType, false, false, @"The place in the operation, from 0.");
    public static Column Amount { get; } = new("amount", FieldTypes.AmountMinor, false, false, @"What moved; negative is a debit.");
    public static Column Balance { get; } = new("balance", FieldTypes.AmountMinor, false, false, @"The account's balance after it.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Account, Number, Place, Amount, Balance];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "account", "number", "place"];
  }
  public static class IdempotencyKeys { public const string TableName = "idempotency_keys";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Digest { get; } = new("digest", FieldTypes.KeyDigest, false, false, @"The digest of the key.");
    public static Column Number { get; } = new("number", FieldTypes.OperationNumber, false, false, @"The last operation of the group.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Digest, Number];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "digest"];
  }
  public static class Quotes { public const string TableName = "quotes";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Currency { get; } = new("currency", FieldTypes.CurrencyCode, false, false, @"The currency.");
    public static Column Date { get; } = new("date", FieldTypes.DateType, false, false, @"The date from which it may be used.");
    public static Column Revision { get; } = new("revision", FieldTypes.OperationNumber, false, false, @"The operation that loaded it.");
    public static Column Rate { get; } = new("rate", FieldTypes.QuoteRate, false, false, @"The rate.");
    public static Column Source { get; } = new("source", FieldTypes.QuoteSource, false, false, @"Where it came from.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Currency, Date, Revision, Rate, Source];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "currency", "date", "revision"];
  }
  public static class ApiKeys { public const string TableName = "api_keys";
    public static Column Book { get; } = new("book", FieldTypes.BookName, false, false, @"The book.");
    public static Column Name { get; } = new("name", FieldTypes.KeyName, false, false, @"The key's name; never used again after it was revoked.");
    public static Column Digest { get; } = new("digest", FieldTypes.Digest, false, false, @"The SHA-256 digest of the key.");
    public static Column Scopes { get; } = new("scopes", FieldTypes.KeyScopes, false, false, @"What the key may do.");
    public static Column CreatedAt { get; } = new("created_at", FieldTypes.Instant, false, false, @"When it was made.");
    public static Column RevokedAt { get; } = new("revoked_at", FieldTypes.Instant, true, false, @"When it was revoked.");
    public static IReadOnlyList<Column> Columns { get; } = [Book, Name, Digest, Scopes, CreatedAt, RevokedAt];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["book", "name"];
  }
  public static class OperatorKeys { public const string TableName = "operator_keys";
    public static Column Name { get; } = new("name", FieldTypes.KeyName, false, false, @"The key's name.");
    public static Column Digest { get; } = new("digest", FieldTypes.Digest, false, false, @"The SHA-256 digest of the key.");
    public static Column CreatedAt { get; } = new("created_at", FieldTypes.Instant, false, false, @"When it was made.");
    public static Column RevokedAt { get; } = new("revoked_at", FieldTypes.Instant, true, false, @"When it was revoked.");
    public static IReadOnlyList<Column> Columns { get; } = [Name, Digest, CreatedAt, RevokedAt];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["name"];
  }
  public static class SchemaMigrations { public const string TableName = "schema_migrations";
    public static Column Version { get; } = new("version", FieldTypes.IntegerType, false, false, @"1 for the first.");
    public static Column Name { get; } = new("name", FieldTypes.Varchar100, false, false, @"What it was for.");
    public static Column AppliedAt { get; } = new("applied_at", FieldTypes.Instant, false, false, @"When it was applied.");
    public static IReadOnlyList<Column> Columns { get; } = [Version, Name, AppliedAt];
    public static IReadOnlyList<Column> Inputs { get; } = [];
    public static IReadOnlyList<string> PrimaryKey { get; } = ["version"];
  }
  public static IReadOnlyList<Column> ColumnsOf(string table) => table switch { "books" => Books.Columns, "operations" => Operations.Columns, "personal_values" => PersonalValues.Columns, "customers" => Customers.Columns, "customer_changes" => CustomerChanges.Columns, "accounts" => Accounts.Columns, "account_changes" => AccountChanges.Columns, "entries" => Entries.Columns, "idempotency_keys" => IdempotencyKeys.Columns, "quotes" => Quotes.Columns, "api_keys" => ApiKeys.Columns, "operator_keys" => OperatorKeys.Columns, "schema_migrations" => SchemaMigrations.Columns, _ => throw new ArgumentOutOfRangeException(nameof(table), table, "no table") };
  public static IReadOnlyList<string> PrimaryKeyOf(string table) => table switch { "books" => Books.PrimaryKey, "operations" => Operations.PrimaryKey, "personal_values" => PersonalValues.PrimaryKey, "customers" => Customers.PrimaryKey, "customer_changes" => CustomerChanges.PrimaryKey, "accounts" => Accounts.PrimaryKey, "account_changes" => AccountChanges.PrimaryKey, "entries" => Entries.PrimaryKey, "idempotency_keys" => IdempotencyKeys.PrimaryKey, "quotes" => Quotes.PrimaryKey, "api_keys" => ApiKeys.PrimaryKey, "operator_keys" => OperatorKeys.PrimaryKey, "schema_migrations" => SchemaMigrations.PrimaryKey, _ => throw new ArgumentOutOfRangeException(nameof(table), table, "no table") };
  public static IReadOnlyList<string> All { get; } = ["books", "operations", "personal_values", "customers", "customer_changes", "accounts", "account_changes", "entries", "idempotency_keys", "quotes", "api_keys", "operator_keys", "schema_migrations"];
}

public sealed record CustomerDetails {
  public required CustomerName Name { get; init; } public required CityName City { get; init; } public CustomerCode? Code { get; init; } public Metadata? Metadata { get; init; }
  public static IReadOnlyList<Column> Columns => Tables.PersonalValues.Inputs;
  public string? this[int column] => column switch { 0 => Name.Text, 1 => City.Text, 2 => Code?.Text, 3 => Metadata?.Text, _ => throw new ArgumentOutOfRangeException(nameof(column)) };
  public static bool TryCreate(IReadOnlyList<string?> values, [NotNullWhen(true)] out CustomerDetails? details, out IReadOnlyList<(Column, FieldError)> errors) {
    var list = new List<(Column, FieldError)>(); details = null; FieldError? e; CustomerName n = default; CityName c = default; CustomerCode? k = null; Metadata? m = null;
    if (values[0] is null) list.Add((Columns[0], new("required", "name is required"))); else if (!CustomerName.TryParse(values[0], out n, out e)) list.Add((Columns[0], e));
    if (values[1] is null) list.Add((Columns[1], new("required", "city is required"))); else if (!CityName.TryParse(values[1], out c, out e)) list.Add((Columns[1], e));
    if (values[2] is not null) { if (CustomerCode.TryParse(values[2], out var v, out e)) k = v; else list.Add((Columns[2], e)); }
    if (values[3] is not null) { if (Fields.Metadata.TryParse(values[3], out var v, out e)) m = v; else list.Add((Columns[3], e)); }
    errors = list; if (list.Count > 0) return false; details = new() { Name = n, City = c, Code = k, Metadata = m }; return true; }
}
public interface IField<TSelf> where TSelf : IField<TSelf> { static abstract FieldType Type { get; } string Text { get; } static abstract bool TryParse(string? text, out TSelf value, [NotNullWhen(false)] out FieldError? error); }
public static class TextRules {
  public static bool TryNormalize(FieldType type, string? text, [NotNullWhen(true)] out string? normal, [NotNullWhen(false)] out FieldError? error) {
    normal = null; error = null;
    if (text is null) { error = new("required", "required"); return false; }
    try { normal = text.Normalize(); } catch (ArgumentException) { error = new("unpaired_surrogate", "unpaired surrogate"); return false; }
    int n = 0; foreach (var r in normal.EnumerateRunes()) n++;
    if (n == 0) error = new("empty", "empty"); else if (normal.Trim() != normal) error = new("surrounding_space", "leading or trailing space");
    else if (normal.Any(char.IsControl)) error = new("control_character", "control character");
    else if (type.MaxLength is { } max && n > max) error = new("too_long", $"at most {max} characters, got {n}");
    else if (type.Pattern is { } p && !System.Text.RegularExpressions.Regex.IsMatch(normal, p)) error = new("bad_format", $"must match {p}");
    return error is null; }
}
public static class Ddl { public static IReadOnlyList<string> Sqlite { get; } = []; public static IReadOnlyList<string> Postgres { get; } = []; }
