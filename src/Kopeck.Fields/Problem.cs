using System.Collections.Generic;
using Kopeck.Fields.Sql;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Kopeck.Fields;

/// <summary>A problem with the tables, as the compiler reports it.</summary>
sealed class Problem
{
    static readonly Dictionary<string, DiagnosticDescriptor> Descriptors = new()
    {
        ["KF0001"] = Make("KF0001", "The SQL cannot be read"),
        ["KF0002"] = Make("KF0002", "A type is unknown"),
        ["KF0003"] = Make("KF0003", "A name is used twice"),
        ["KF0004"] = Make("KF0004", "A comment is missing"),
        ["KF0005"] = Make("KF0005", "A check is of no form that every engine can hold"),
        ["KF0006"] = Make("KF0006", "A reference leads nowhere"),
        ["KF0007"] = Make("KF0007", "A key or an index names no column"),
        ["KF0008"] = Make("KF0008", "A name or a mark cannot become C#"),
        ["KF0010"] = Make("KF0010", "A migration is missing"),
    };

    readonly string id;
    readonly string message;
    readonly SqlPlace place;
    readonly string text;

    public Problem(string id, string message, SqlPlace place, string text)
    {
        this.id = id;
        this.message = message;
        this.place = place;
        this.text = text;
    }

    public Diagnostic ToDiagnostic()
    {
        return Diagnostic.Create(Descriptors[id], Location.Create(place.Path, new TextSpan(place.Start, place.Length), Lines()), message);
    }

    public override string ToString() => $"{id} {message} {place.Path} {Lines()}";

    LinePositionSpan Lines() => SourceText.From(text).Lines.GetLinePositionSpan(new TextSpan(place.Start, place.Length));

    static DiagnosticDescriptor Make(string id, string title) =>
        new(id, title, "{0}", "Kopeck.Fields", DiagnosticSeverity.Error, isEnabledByDefault: true);
}
