namespace Kopeck.Relational.Sql;

/// <summary>Who waits for whom: reads of one lane wait for each other, never for those of the other.</summary>
public enum Lane
{
    /// <summary>Look-ups by key, of the writer and of whoever asks for one thing: always short.</summary>
    Lookups,

    /// <summary>Lists, statements, the journal: a page at a time.</summary>
    Pages,
}
