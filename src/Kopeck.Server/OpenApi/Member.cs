using System.Text.Json.Nodes;

namespace Kopeck.Server.OpenApi;

/// <summary>A member of an answer; <see cref="IsOptional"/> where an answer may lack it.</summary>
readonly record struct Member(string Name, JsonObject Schema, bool IsOptional = false)
{
    public static implicit operator Member((string Name, JsonObject Schema) member) => new(member.Name, member.Schema);
}
