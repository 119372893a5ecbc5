namespace Kopeck.Statements.Formats.Ofx;

/// <summary>The forms of Open Financial Exchange that programs read.</summary>
enum OfxForm
{
    /// <summary>OFX 2.2: XML.</summary>
    Ofx2,

    /// <summary>OFX 1.0.2: SGML, whose values have no end tag. Quicken, Money and Python's ofxparse read it.</summary>
    Ofx1,

    /// <summary>Quicken's Web Connect: OFX 1.0.2 that names the bank by Intuit's number.</summary>
    Quicken,
}
