using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Kopeck.Grpc.Tests;

/// <summary>
/// Programs that were built with a released version go on working: proto/released/kopeck.v1.desc is what was released last.
/// </summary>
public sealed class CompatibilityTests
{
    [Fact]
    public void The_interface_is_compatible_with_the_released_one()
    {
        // What a release copies to proto/released/kopeck.v1.desc.
        File.WriteAllBytes(Path.Combine(AppContext.BaseDirectory, "kopeck.v1.desc"), Descriptors.ToWholeSet().ToByteArray());
        var findings = WireCompatibility.Compare(Released(), Descriptors.ToSet());
        Assert.True(findings.Count == 0, string.Join('\n', findings));
        Assert.True(Released().File.Count >= 9, "The released descriptor is not whole");
    }

    [Fact]
    public void Whatever_breaks_an_old_program_is_found()
    {
        AssertFound("DepositRequest.wallet = 1 is gone", set => Message(set, "DepositRequest").Field.RemoveAt(0));
        AssertFound("DepositRequest.wallet = 1 is gone", set => Message(set, "DepositRequest").Field[0].Number = 19);
        AssertFound("DepositRequest.wallet = 1 is purse now", set => Message(set, "DepositRequest").Field[0].Name = "purse");
        AssertFound(
            "Money.amount is of another type now", set => Message(set, "Money").Field[0].Type = FieldDescriptorProto.Types.Type.Int64);
        AssertFound(
            "Money.amount is of another type now", set => Message(set, "Money").Field[0].Label = FieldDescriptorProto.Types.Label.Repeated);
        AssertFound(
            "Account.floor is of another type now",
            set => Message(set, "Account").Field.Single(field => field.Name == "floor").TypeName = ".kopeck.v1.Head");
        AssertFound(
            "SetFloorRequest.floor moved into or out of a oneof",
            set => Message(set, "SetFloorRequest").Field.Single(field => field.Name == "floor").ClearOneofIndex());
        AssertFound(
            "message Head is gone",
            set => set.File.Single(file => file.Name == "kopeck/v1/book.proto").MessageType.Remove(Message(set, "Head")));
        AssertFound(
            "enum KeyScope: KEY_SCOPE_CASH = 3 is gone or renamed",
            set => set.File.SelectMany(file => file.EnumType).Single(type => type.Name == "KeyScope").Value[3].Number = 9);
        AssertFound(
            "KeyService.RevokeKey is gone",
            set => set.File.SelectMany(file => file.Service).Single(service => service.Name == "KeyService").Method.RemoveAt(2));
        AssertFound(
            "KeyService.ListKeys takes, answers or streams something else now",
            set =>
                set.File.SelectMany(file => file.Service).Single(service => service.Name == "KeyService").Method[0].ServerStreaming = true);
    }

    [Fact]
    public void A_new_field_method_message_or_value_breaks_nothing()
    {
        var current = Released();
        Message(current, "Money").Field.Add(
            new FieldDescriptorProto
            {
                Name = "note",
                Number = 50,
                Type = FieldDescriptorProto.Types.Type.String,
                Label = FieldDescriptorProto.Types.Label.Optional
            });
        current.File[0].MessageType.Add(new DescriptorProto { Name = "New" });
        current.File.SelectMany(file => file.EnumType).First().Value.Add(new EnumValueDescriptorProto { Name = "NEW", Number = 77 });
        Assert.Empty(WireCompatibility.Compare(Released(), current));
    }

    static void AssertFound(string finding, Action<FileDescriptorSet> change)
    {
        var current = Released();
        change(current);
        Assert.Contains(finding, WireCompatibility.Compare(Released(), current));
    }

    static DescriptorProto Message(FileDescriptorSet set, string name) =>
        set.File.SelectMany(file => file.MessageType).Single(message => message.Name == name);

    static FileDescriptorSet Released()
    {
        using var stream = typeof(CompatibilityTests).Assembly.GetManifestResourceStream("released.desc")!;
        var set = FileDescriptorSet.Parser.ParseFrom(stream);
        // What it imports is there too, so that others can read it; it is not ours to keep.
        foreach (var imported in set.File.Where(file => file.Package != "kopeck.v1").ToList())
            set.File.Remove(imported);
        return set;
    }
}
