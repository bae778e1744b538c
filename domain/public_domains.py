"""Domains at which anybody can have an e-mail address: mail services and internet providers."""

_EVERYWHERE = """
gmail.com googlemail.com outlook.com hotmail.com live.com msn.com passport.com
yahoo.com ymail.com rocketmail.com myyahoo.com aol.com aim.com
icloud.com me.com mac.com privaterelay.appleid.com
proton.me protonmail.com protonmail.ch pm.me tutanota.com tutanota.de tuta.com tuta.io tutamail.com
fastmail.com fastmail.fm messagingengine.com hey.com zoho.com zohomail.com zohomail.eu
mail.com email.com usa.com gmx.com gmx.net gmx.us mail.ru inbox.ru list.ru bk.ru yandex.com yandex.ru ya.ru
rambler.ru qq.com foxmail.com 163.com 126.com yeah.net sina.com sohu.com aliyun.com naver.com daum.net hanmail.net
rediffmail.com hushmail.com mailbox.org posteo.net posteo.de riseup.net disroot.org startmail.com runbox.com
duck.com mozmail.com simplelogin.com anonaddy.me mailinator.com guerrillamail.com yopmail.com 10minutemail.com
"""

_NETHERLANDS_AND_BELGIUM = """
ziggo.nl kpnmail.nl kpnplanet.nl planet.nl hetnet.nl xs4all.nl home.nl casema.nl chello.nl upcmail.nl
telfort.nl tele2.nl quicknet.nl zeelandnet.nl caiway.nl caiway.net solcon.nl solcon.net freedom.nl online.nl
wxs.nl zonnet.nl versatel.nl hccnet.nl tiscali.nl wanadoo.nl orange.nl onsbrabantnet.nl delta.nl kabelfoon.nl
live.nl hotmail.nl outlook.nl yahoo.nl live.be hotmail.be outlook.be yahoo.be gmx.nl
telenet.be skynet.be proximus.be scarlet.be pandora.be belgacom.net voo.be base.be
"""

_REST_OF_EUROPE = """
gmx.de gmx.at gmx.ch gmx.fr gmx.co.uk web.de freenet.de t-online.de arcor.de 1und1.de online.de vodafone.de mail.de
hotmail.de live.de outlook.de yahoo.de aon.at chello.at a1.net bluewin.ch hispeed.ch sunrise.ch
orange.fr wanadoo.fr free.fr sfr.fr laposte.net neuf.fr bbox.fr numericable.fr hotmail.fr live.fr outlook.fr yahoo.fr
libero.it virgilio.it tiscali.it tim.it alice.it tin.it fastwebnet.it hotmail.it live.it outlook.it yahoo.it
hotmail.es outlook.es yahoo.es telefonica.net terra.es sapo.pt hotmail.co.uk live.co.uk outlook.co.uk yahoo.co.uk
btinternet.com btopenworld.com sky.com virginmedia.com virgin.net blueyonder.co.uk ntlworld.com talktalk.net
tiscali.co.uk plusnet.com eircom.net wp.pl o2.pl onet.pl op.pl interia.pl gazeta.pl seznam.cz email.cz centrum.cz
azet.sk freemail.hu citromail.hu abv.bg mail.bg otenet.gr telia.com bredband.net comhem.se spray.se live.se
hotmail.se outlook.se yahoo.se online.no live.no hotmail.no outlook.dk live.dk hotmail.dk yahoo.dk mail.dk
elisanet.fi kolumbus.fi luukku.com ukr.net i.ua
"""

_ELSEWHERE = """
comcast.net xfinity.com verizon.net att.net sbcglobal.net bellsouth.net cox.net charter.net spectrum.net
roadrunner.com optonline.net frontier.com earthlink.net juno.com netzero.net windstream.net centurylink.net
rogers.com shaw.ca telus.net sympatico.ca bell.net videotron.ca hotmail.ca live.ca outlook.ca yahoo.ca
bigpond.com bigpond.net.au optusnet.com.au iinet.net.au tpg.com.au live.com.au hotmail.com.au outlook.com.au
yahoo.com.au xtra.co.nz uol.com.br bol.com.br terra.com.br ig.com.br hotmail.com.br outlook.com.br yahoo.com.br
yahoo.com.mx hotmail.com.mx prodigy.net.mx yahoo.com.ar yahoo.co.jp docomo.ne.jp ezweb.ne.jp softbank.ne.jp
yahoo.co.in yahoo.in outlook.in yahoo.com.sg yahoo.com.hk yahoo.com.tw yahoo.co.id yahoo.com.ph yahoo.com.vn
mweb.co.za telkomsa.net vodamail.co.za walla.co.il walla.com
"""

PUBLIC_DOMAINS: frozenset[str] = frozenset(
    " ".join((_EVERYWHERE, _NETHERLANDS_AND_BELGIUM, _REST_OF_EUROPE, _ELSEWHERE)).split()
)
"""Lower case. Not all there are: a missing one costs one proposal too many, answered with a click."""
