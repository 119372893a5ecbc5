namespace Kopeck.Statements.Writing;

/// <summary>What an account of the house is to an accountant.</summary>
public enum AccountType
{
    /// <summary>What it earns, such as fees.</summary>
    Revenue,

    /// <summary>What it spends, such as promotions.</summary>
    Expense,

    /// <summary>What it owns.</summary>
    Asset,

    /// <summary>What it owes.</summary>
    Liability,

    /// <summary>Its own money.</summary>
    Equity,
}
