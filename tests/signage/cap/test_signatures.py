import pytest
from lxml import etree

from players.contract.limits import DAY
from signage.cap.signatures import Forged, Unproven, is_signed, verified
from signage.cap.xml import opened
from tests.signage.cap.messages import Signatory, info, message
from tests.signage.pleiku import NOON

PLAIN = message("1", NOON, info())


@pytest.fixture(scope="module")
def signatory() -> Signatory:
    return Signatory(NOON)


def check(content: bytes, *pinned: bytes, sent: int = NOON) -> etree._Element:
    return verified(content, opened(content), pinned, sent=sent)


def test_a_message_of_the_pinned_certificate_is_proven(signatory: Signatory) -> None:
    signed = check(signatory.sign(PLAIN), signatory.pem)
    assert signed.findtext("{*}identifier") == "1"
    assert not is_signed(signed)


def test_indented_after_signing_it_is_still_proven(signatory: Signatory) -> None:
    tree = etree.fromstring(signatory.sign(PLAIN))
    etree.indent(tree)
    assert check(etree.tostring(tree), signatory.pem).findtext("{*}identifier") == "1"


def test_a_certificate_inside_the_message_proves_nothing(signatory: Signatory) -> None:
    with pytest.raises(Forged):
        check(Signatory(NOON).sign(PLAIN), signatory.pem)


def test_a_changed_word_is_a_forgery(signatory: Signatory) -> None:
    changed = signatory.sign(PLAIN).replace(b"Severe", b"Minor ")
    with pytest.raises(Forged):
        check(changed, signatory.pem)


def test_a_certificate_of_a_pinned_issuer_is_proven() -> None:
    issuer = Signatory(NOON, ca=True)
    given = Signatory(NOON, issuer=issuer)
    assert check(given.sign(PLAIN), issuer.pem) is not None
    with pytest.raises(Unproven, match="issuer"):
        check(Signatory(NOON).sign(PLAIN), issuer.pem)


def test_a_certificate_counts_at_the_time_of_sending(signatory: Signatory) -> None:
    signed = signatory.sign(PLAIN)
    for sent in (NOON - 2 * DAY, NOON + 31 * DAY):
        with pytest.raises(Unproven, match="not valid when it was sent"):
            check(signed, signatory.pem, sent=sent)


def test_an_unsigned_message_is_unproven(signatory: Signatory) -> None:
    with pytest.raises(Unproven, match="not signed"):
        check(PLAIN, signatory.pem)


def test_a_genuine_message_wrapped_into_another_is_a_forgery(signatory: Signatory) -> None:
    genuine = etree.fromstring(signatory.sign(PLAIN))
    fake = etree.fromstring(message("2", NOON, info(headline="Giả")))
    signature = genuine.find("{http://www.w3.org/2000/09/xmldsig#}Signature")
    fake.append(signature)
    fake.append(genuine)
    with pytest.raises(Forged):
        check(etree.tostring(fake), signatory.pem)


def test_two_signatures_are_a_forgery(signatory: Signatory) -> None:
    twice = signatory.sign(signatory.sign(PLAIN))
    with pytest.raises(Forged, match="more than one"):
        check(twice, signatory.pem)


def test_a_signature_over_a_part_is_a_forgery(signatory: Signatory) -> None:
    part = signatory.sign(PLAIN).replace(b'URI=""', b'URI="#part"')
    with pytest.raises(Forged, match="whole message"):
        check(part, signatory.pem)


def test_a_weak_signature_proves_nothing(signatory: Signatory) -> None:
    weak = signatory.sign(PLAIN).replace(b"xmlenc#sha256", b"xmldsig#sha1")
    with pytest.raises(Unproven, match="SHA-1"):
        check(weak, signatory.pem)
