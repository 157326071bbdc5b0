import type { CatalogueParts } from './catalogue.ts';

export const esLink: CatalogueParts['link'] = {
  'link-sign-in-title': 'Enlaces para reclutar',
  'link-sign-in-lead': 'Cree enlaces y carteles que llevan al estudio, y vea cuántas personas han usado los suyos.',
  'link-token': 'Su clave de personal',
  'link-token-help':
    'Empieza por «steady-staff-». No se guarda en este dispositivo: al salir de esta página, se cierra su sesión.',
  'link-sign-in': 'Iniciar sesión',
  'link-token-missing': 'Escriba o pegue su clave.',
  'link-token-wrong':
    'Esta clave no abre este estudio. Compruebe que esté completa, o pida una nueva a quien coordina.',
  'link-signed-out': 'Su clave ha caducado o no se usó durante mucho tiempo. Inicie sesión de nuevo.',
  'link-idle': 'Se cerró su sesión porque nadie usó esta página durante un rato.',
  'link-role': 'Esta clave no es para reclutar. Pida otra a quien coordina.',
  'link-unreachable': 'No se pudo contactar con el servidor. Inténtelo de nuevo en un momento.',
  'link-refused': 'El servidor no lo hizo ({code}). Inténtelo de nuevo, o pregunte a quien coordina.',
  'link-new-title': 'Un enlace nuevo',
  'link-new-lead':
    'Uno para cada lugar donde se vea, para saber qué funciona. Verá cuántas personas lo usaron, nunca quiénes.',
  'link-site': 'Centro',
  'link-site-choose': 'Elija uno',
  'link-site-none': 'Ningún centro en particular',
  'link-channel': '¿Dónde lo verá la gente?',
  'channel-email': 'En un correo electrónico',
  'channel-text-message': 'En un mensaje de texto',
  'channel-poster': 'En un cartel',
  'channel-slide': 'En una diapositiva',
  'channel-chat': 'En un chat',
  'link-language': 'Idioma de quienes lo verán',
  'link-day': 'Último día',
  'link-day-help': 'Déjelo vacío si el enlace debe servir mientras el estudio admita a personas.',
  'link-make': 'Crear el enlace',
  'link-unverified': 'Sin contar y sin comprobar',
  'link-unverified-text':
    'Esta página no tiene un servidor para enlaces. Crea una dirección sencilla que dice de dónde viene la gente. Quien la abre puede cambiarlo, y por eso las respuestas lo guardan como no comprobado. No caduca, y nadie cuenta quién la abre.',
  'link-failed-title': 'No se pudo cargar la página de enlaces',
};
