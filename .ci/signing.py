#!/usr/bin/env python3
"""Signs each paper at its unsigned fields and validates the result; see .ci/signing, which runs it.

Usage: signing.py TARGET_DIR PAPER.pdf ...
"""
import datetime
import io
import pathlib
import subprocess
import sys

from asn1crypto import keys as asn1_keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import BoxConstraints
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

TIP = "企业盖章处：电子签章请点此签署"
# A red ring such as a seal: no typeface and no transparency, which PDF/A-1 would not take.
RING = b"0.8 0 0 RG 3 w 62 10 m 92 10 116 34 116 64 c 116 94 92 118 62 118 c 32 118 8 94 8 64 c 8 34 32 10 62 10 c S"


def certificate():
    """A key and a certificate that signs itself."""
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "测试企业电子签章")])
    now = datetime.datetime.now(datetime.timezone.utc)
    usage = dict.fromkeys(
        ("key_encipherment", "data_encipherment", "key_agreement", "key_cert_sign", "crl_sign", "encipher_only", "decipher_only"),
        False,
    )
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=2))
        .add_extension(x509.KeyUsage(digital_signature=True, content_commitment=True, **usage), critical=True)
        .sign(key, hashes.SHA256())
    )
    der = serialization.Encoding.DER
    private = key.private_bytes(der, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    return asn1_keys.PrivateKeyInfo.load(private), asn1_x509.Certificate.load(signed.public_bytes(der))


def signer_of(key, cert):
    store = SimpleCertificateStore()
    store.register(cert)
    return signers.SimpleSigner(signing_cert=cert, signing_key=key, cert_registry=store)


def unsigned(data):
    """Names of the fields to sign; each must be one that a person is told of."""
    reader = PdfFileReader(io.BytesIO(data))
    names = []
    for name, value, reference in fields.enumerate_sig_fields(reader):
        widget = reference.get_object()
        assert value is None, f"{name} is signed already"
        assert widget["/TU"] == TIP, f"{name} says {widget['/TU']!r}"
        assert widget["/F"] == 4, f"{name} has the flags {widget['/F']}"
        left, bottom, right, top = (float(length) for length in widget["/Rect"])
        assert min(right - left, top - bottom) >= 127, f"{name} is smaller than a seal"
        names.append(name)
    assert len(names) == len(set(names)), names
    return names


def sign(data, name, signer):
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    stamp = StaticStampStyle(background=RawContent(RING, box=BoxConstraints(124, 128)), background_opacity=1, border_width=0)
    metadata = signers.PdfSignatureMetadata(field_name=name, md_algorithm="sha256")
    signed = signers.PdfSigner(metadata, signer=signer, stamp_style=stamp).sign_pdf(writer, existing_fields_only=True)
    return signed.getbuffer().tobytes()


def validate(data, trusted):
    """The state of each signature, the first signed first."""
    reader = PdfFileReader(io.BytesIO(data))
    context = lambda: ValidationContext(trust_roots=[trusted], allow_fetching=False)
    return [validate_pdf_signature(signature, context()) for signature in reader.embedded_signatures]


def shown(command, path):
    return subprocess.run([*command, str(path), "-"], check=True, stdout=subprocess.PIPE).stdout


def prints_nothing(path):
    """The fields leave no trace on paper before they are signed."""
    draw = ["pdftoppm", "-r", "60", "-l", "1"]
    run = lambda *options: subprocess.run([*draw, *options, str(path)], check=True, stdout=subprocess.PIPE).stdout
    return run() == run("-hide-annotations")


def altered_is_seen(data, trusted):
    """A byte in the middle of the pages is changed: no signature may hold."""
    at = data.index(b"stream") + 40
    altered = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
    return not any(status.intact for status in validate(altered, trusted))


def check(path, target, key, cert):
    data = path.read_bytes()
    names = unsigned(data)
    assert names, "no field to sign"
    assert prints_nothing(path), "an unsigned field is visible"
    signed = data
    for name in names:
        before, signed = signed, sign(signed, name, signer_of(key, cert))
        assert signed.startswith(before), "signing rewrote the file"
    states = validate(signed, cert)
    assert len(states) == len(names), f"{len(states)} signatures"
    for state in states:
        assert state.intact and state.valid and state.trusted and state.bottom_line, state.summary()
    assert states[-1].coverage == SignatureCoverageLevel.ENTIRE_FILE, states[-1].coverage
    out = target / f"{path.stem}.signed.pdf"
    out.write_bytes(signed)
    assert shown(["pdftotext", "-raw"], path) == shown(["pdftotext", "-raw"], out), "the text changed"
    checked = subprocess.run(["qpdf", "--check", str(out)], stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    assert checked.returncode == 0, checked.stdout.decode()
    assert altered_is_seen(signed, cert), "an altered byte is not seen"
    return len(names)


def main(target, *papers):
    key, cert = certificate()
    failed = 0
    for paper in map(pathlib.Path, papers):
        try:
            count = check(paper, pathlib.Path(target), key, cert)
            print(f"{paper.name}: {count} signed, intact, the file covered whole")
        except AssertionError as reason:
            failed += 1
            print(f"{paper.name}: {reason}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
