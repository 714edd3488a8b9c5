"""Addresses of registration, sign-up and the desk."""

from django.urls import path

from portal.volunteers.views import (
    account,
    card,
    card_check,
    certificates,
    corrections,
    desk,
    join,
    orders,
    profile,
    records,
    roll,
    sign_up,
)

app_name = "volunteers"
urlpatterns = [
    path("join/", join.join, name="join"),
    path("desk/", desk.desk, name="desk"),
    path("desk/profile/", profile.profile, name="profile"),
    path("desk/account/", account.account, name="account"),
    path("desk/card/", card.card, name="card"),
    path("desk/card/make/", card.make, name="card_make"),
    path("desk/card/replace/", card.replace, name="card_replace"),
    path("desk/card/take-back/", card.take_back, name="card_take_back"),
    path("desk/card/pdf/", card.pdf, name="card_pdf"),
    # QR codes hold capitals alone, which makes them smaller; people may type either.
    path("K/<str:token>", card_check.check, name="card_check"),
    path("k/<str:token>", card_check.check),
    path("desk/shifts/<int:pk>/sign-up/", sign_up.sign_up, name="sign_up"),
    path("desk/sign-ups/<int:pk>/withdraw/", sign_up.withdraw, name="withdraw"),
    path("desk/shifts/", roll.shifts, name="shifts"),
    path("desk/shifts/<int:pk>/roll/", roll.roll, name="roll"),
    path("desk/records/", records.to_confirm, name="to_confirm"),
    path("desk/records/<int:pk>/", records.record, name="record"),
    path("desk/certificates/", certificates.certificates, name="certificates"),
    path("desk/certificates/progress/", certificates.progress, name="certificates_progress"),
    path("desk/certificates/requests/<int:pk>/withdraw/", certificates.withdraw, name="certificate_withdraw"),
    path("desk/certificates/corrections/<int:pk>/withdraw/", corrections.withdraw, name="correction_withdraw"),
    path("desk/certificates/<str:number>/correction/", corrections.correction, name="certificate_correction"),
    path("desk/certificates/<str:number>/share/", certificates.share, name="certificate_share"),
    path("desk/certificates/<str:number>/unshare/", certificates.unshare, name="certificate_unshare"),
    path("desk/certificates/<str:number>/renew/", certificates.renew, name="certificate_renew"),
    path("desk/certificates/<str:number>/pdf/", certificates.download, name="certificate_pdf"),
    path("desk/certificates/<str:number>/credential/", certificates.credential, name="certificate_credential"),
    path("desk/bodies/<int:pk>/certificates/", orders.body, name="body_certificates"),
    path("desk/bodies/<int:pk>/orders/<int:order>/", orders.order, name="order"),
    path("desk/bodies/<int:pk>/orders/<int:order>/progress/", orders.progress, name="order_progress"),
    path("desk/bodies/<int:pk>/orders/<int:order>/resume/", orders.resume, name="order_resume"),
    path("desk/bodies/<int:pk>/certificates/<str:number>/pdf/", orders.pdf, name="body_pdf"),
]
