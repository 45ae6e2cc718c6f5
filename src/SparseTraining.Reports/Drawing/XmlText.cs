using System.Net;
using System.Xml;

namespace SparseTraining.Reports.Drawing;

/// <summary>Text as XML and HTML have it.</summary>
internal static class XmlText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Escapes a text. Control characters, which XML 1.0 cannot hold in any form, are replaced.</summary>
    public static string Escape(string text) =>
        WebUtility.HtmlEncode(string.Concat(text.Select(letter => XmlConvert.IsXmlChar(letter) || char.IsSurrogate(letter) ? letter : Replacement)));
}
