"""Render the pictures of this folder with Blender 3.4 (Cycles, CPU). All shapes and textures are made here.

    blender -b --python nbs/samples/render.py -- OUT [NAME ...]

Writes OUT/NAME.jpg for every shot in `SHOTS`, or only for the names given. Lengths are metres, z is up.
"""
import sys, random
from math import cos, exp, pi, radians, sin, tau, atan2, hypot
from pathlib import Path
import bpy, bmesh
import numpy as np
from mathutils import Euler, Matrix, Vector, noise
from mathutils.kdtree import KDTree

SEED, SAMPLES, LONG, SHORT = 42, 40, 400, 300
PLAIN = 'Cost of a small walk in the park rises as the town counts its trees again and finds more than it had planned for'.split()

# ---------------------------------------------------------------- colour, shaders

def rgb(h, a=1.):
    "Linear RGBA of an sRGB hex string."
    c = [int(h[i:i+2], 16)/255 for i in (1, 3, 5)]
    return (*[x/12.92 if x < .04045 else ((x+.055)/1.055)**2.4 for x in c], a)

def srgb(h): return np.array([int(h[i:i+2], 16)/255 for i in (1, 3, 5)])

def picture(f, w=1024, h=512):
    "An image whose pixels are `f(u, v)` -> h x w x 3 in [0, 1], u and v in [0, 1]."
    u, v = np.meshgrid((np.arange(w)+.5)/w, (np.arange(h)+.5)/h)
    px = np.ones((h, w, 4), np.float32); px[..., :3] = f(u, v)
    img = bpy.data.images.new('picture', w, h); img.pixels.foreach_set(px.ravel()); img.update()
    return img

class Nodes:
    "A few short verbs over one material's node tree."
    def __init__(self, mat): mat.use_nodes = True; self.t = mat.node_tree; self.t.nodes.clear(); self.out = self('OutputMaterial')
    def __call__(self, kind, ins=None, **attrs):
        n = self.t.nodes.new('ShaderNode'+kind)
        for k, v in attrs.items(): setattr(n, k, v)
        for k, v in (ins or {}).items():
            if isinstance(v, bpy.types.NodeSocket): self.t.links.new(v, n.inputs[k])
            else: n.inputs[k].default_value = v
        return n
    def ramp(self, fac, stops):
        n = self('ValToRGB', {0: fac}); e = n.color_ramp.elements
        while len(e) < len(stops): e.new(.5)
        for x, (pos, col) in zip(e, stops): x.position = pos; x.color = rgb(col)
        return n.outputs[0]
    def noise(self, scale, detail=4, vec=None, rough=.55):
        return self('TexNoise', {'Scale': scale, 'Detail': detail, 'Roughness': rough, **({'Vector': vec} if vec else {})}).outputs['Fac']
    def bump(self, height, strength=.2, dist=.001): return self('Bump', {'Height': height, 'Strength': strength, 'Distance': dist}).outputs[0]
    def coords(self, scale=(1, 1, 1), kind='Object', rot=(0, 0, 0)):
        return self('Mapping', {'Vector': self('TexCoord').outputs[kind], 'Scale': scale, 'Rotation': rot}).outputs[0]
    def end(self, shader): self.t.links.new(shader.outputs[0], self.out.inputs[0])

def surface(colour='#ffffff', rough=.5, metal=0., coat=0., bump=None, image=None, mottle=0.):
    "An opaque material: flat colour or image, with optional (scale, strength) bumps and mottled brightness."
    mat = bpy.data.materials.new('surface'); n = Nodes(mat)
    ins = {'Base Color': rgb(colour), 'Roughness': rough, 'Metallic': metal, 'Clearcoat': coat, 'Clearcoat Roughness': .08}
    if image: ins['Base Color'] = n('TexImage', image=image, extension='EXTEND').outputs[0]
    if mottle:
        dark = n('HueSaturation', {'Value': n('MapRange', {0: n.noise(35, 6, n.coords()), 3: 1-mottle, 4: 1+mottle}).outputs[0]})
        if image: n.t.links.new(ins['Base Color'], dark.inputs['Color'])
        else: dark.inputs['Color'].default_value = rgb(colour)
        ins['Base Color'] = dark.outputs[0]
    if bump: ins['Normal'] = n.bump(n.noise(bump[0], 5, n.coords()), bump[1])
    n.end(n('BsdfPrincipled', ins)); return mat

def glass(tint='#ffffff', rough=.0):
    "Thick glass that lets light through to what it stands on."
    mat = bpy.data.materials.new('glass'); n = Nodes(mat)
    g = n('BsdfGlass', {'Color': rgb(tint), 'Roughness': rough, 'IOR': 1.47})
    t = n('BsdfTransparent', {'Color': rgb(tint)})
    n.end(n('MixShader', {0: n('LightPath').outputs['Is Shadow Ray'], 1: g.outputs[0], 2: t.outputs[0]})); return mat

def film(tint='#f4fafc', rough=.04, haze=.03, bump=None):
    "Thin clear plastic: mostly see-through, with glints at grazing angles."
    mat = bpy.data.materials.new('film'); n = Nodes(mat)
    normal = {'Normal': n.bump(n.noise(bump[0], 3, n.coords()), bump[1], .004)} if bump else {}
    shine = n('BsdfGlossy', {'Roughness': rough, **normal})
    milk = n('BsdfDiffuse', {'Color': rgb(tint)})
    clear = n('MixShader', {0: haze, 1: n('BsdfTransparent', {'Color': rgb(tint)}).outputs[0], 2: milk.outputs[0]})
    edge = n('Math', {0: n('LayerWeight', {'Blend': .5, **normal}).outputs['Facing'], 1: 4.}, operation='POWER').outputs[0]
    n.end(n('MixShader', {0: n('MapRange', {0: edge, 3: .05, 4: .75}).outputs[0], 1: clear.outputs[0], 2: shine.outputs[0]})); return mat

def aluminium(rough=.22): return surface('#d6d8da', rough, 1., bump=(900, .05))
def kraft(colour='#b08a5b'): return surface(colour, .85, bump=(700, .25), mottle=.12)

# ---------------------------------------------------------------- shapes

def mesh(verts, faces, mat, smooth=True, uv=None):
    me = bpy.data.meshes.new('mesh'); me.from_pydata([tuple(v) for v in verts], [], faces); me.update()
    me.polygons.foreach_set('use_smooth', [smooth]*len(me.polygons))
    if uv is not None:
        idx = np.empty(len(me.loops), int); me.loops.foreach_get('vertex_index', idx)
        me.uv_layers.new().data.foreach_set('uv', np.asarray(uv, np.float32)[idx].ravel())
    ob = bpy.data.objects.new('object', me); bpy.context.collection.objects.link(ob)
    me.materials.append(mat); return ob

def fine(profile, step):
    "The same polyline with points at most `step` apart."
    out = [profile[0]]
    for (r0, z0), (r1, z1) in zip(profile, profile[1:]):
        k = max(1, int(hypot(r1-r0, z1-z0)/step))
        out += [(r0+(r1-r0)*i/k, z0+(z1-z0)*i/k) for i in range(1, k+1)]
    return out

def rounded(profile, times=2):
    "Cut the corners of a polyline (Chaikin), ends kept."
    for _ in range(times):
        mid = [q for a, b in zip(profile, profile[1:]) for q in ((.75*a[0]+.25*b[0], .75*a[1]+.25*b[1]), (.25*a[0]+.75*b[0], .25*a[1]+.75*b[1]))]
        profile = [profile[0], *mid[1:-1], profile[-1]]
    return profile

def round_at(a, r, z): return Vector((r*cos(a), r*sin(a), z))

def lathe(profile, mat, seg=120, warp=None, step=.002):
    "Turn a (radius, height) profile about z; `warp` bends each point afterwards; UV is angle by height."
    p = fine(profile, step); z0, z1 = min(z for _, z in p), max(z for _, z in p)
    v = [round_at(tau*j/seg, r, z) for r, z in p for j in range(seg+1)]
    uv = [(j/seg, (z-z0)/(z1-z0+1e-9)) for r, z in p for j in range(seg+1)]
    f = [(i*(seg+1)+j, i*(seg+1)+j+1, (i+1)*(seg+1)+j+1, (i+1)*(seg+1)+j) for i in range(len(p)-1) for j in range(seg)]
    return mesh([warp(x) for x in v] if warp else v, f, mat, uv=uv)

def sheet(w, h, bend, mat, nx=120, ny=120):
    "A w x h sheet whose flat points (x, y) go to `bend(x, y)`."
    xy = [((i/nx-.5)*w, (j/ny-.5)*h) for j in range(ny+1) for i in range(nx+1)]
    f = [(j*(nx+1)+i, j*(nx+1)+i+1, (j+1)*(nx+1)+i+1, (j+1)*(nx+1)+i) for j in range(ny) for i in range(nx)]
    return mesh([bend(x, y) for x, y in xy], f, mat, uv=[(x/w+.5, y/h+.5) for x, y in xy])

def letters(text, size, mat, to, bold=0., width=None, cut=None):
    "Text laid flat, centred (or justified in a column of `width`), then moved point by point with `to(x, y)`."
    c = bpy.data.curves.new('text', 'FONT'); c.body, c.size, c.offset, c.resolution_u = text, size, bold*size, 3
    c.align_x = 'CENTER'
    if width: c.align_x = 'JUSTIFY'; c.text_boxes[0].width = width
    ob = bpy.data.objects.new('text', c); bpy.context.collection.objects.link(ob)
    me = bpy.data.meshes.new_from_object(ob.evaluated_get(bpy.context.evaluated_depsgraph_get())); bpy.data.objects.remove(ob)
    if cut:
        bm = bmesh.new(); bm.from_mesh(me)
        for _ in range(3): bmesh.ops.subdivide_edges(bm, edges=[e for e in bm.edges if e.calc_length() > cut], cuts=1)
        bmesh.ops.triangulate(bm, faces=bm.faces); bm.to_mesh(me); bm.free()
    for v in me.vertices: v.co = to(v.co.x, v.co.y)
    me.materials.clear(); me.materials.append(mat)
    ob = bpy.data.objects.new('text', me); bpy.context.collection.objects.link(ob); return ob

def around(r, z, a=-pi/2, warp=None, gap=.0004):
    "Where flat text goes on a cylinder (or cone, `r` a function of z) of radius `r`, centred at height z and angle a."
    rad = r if callable(r) else lambda _: r
    def to(x, y):
        p = round_at(a+x/rad(z), rad(z+y)+gap, z+y); return warp(p) if warp else p
    return to

def box(size, mat, at=(0, 0, 0), bevel=.0):
    x, y, z = (s/2 for s in size)
    v = [(i*x+at[0], j*y+at[1], k*z+at[2]) for i in (-1, 1) for j in (-1, 1) for k in (-1, 1)]
    ob = mesh(v, [(0, 1, 3, 2), (4, 6, 7, 5), (0, 4, 5, 1), (2, 3, 7, 6), (0, 2, 6, 4), (1, 5, 7, 3)], mat, smooth=False)
    if bevel: m = ob.modifiers.new('b', 'BEVEL'); m.width, m.segments = bevel, 3
    return ob

def solid(ob, thick, offset=-1.): m = ob.modifiers.new('s', 'SOLIDIFY'); m.thickness, m.offset = thick, offset; return ob

def tube(points, r, mat, seg=20):
    "A round tube along a polyline; UV is along by around."
    v, uv, total, side = [], [], sum((b-a).length for a, b in zip(points, points[1:])), None
    d = 0.
    for i, p in enumerate(points):
        t = (points[min(i+1, len(points)-1)] - points[max(i-1, 0)]).normalized()
        side = t.orthogonal().normalized() if side is None else (side - t*side.dot(t)).normalized()
        up = t.cross(side); rr = r(d/total) if callable(r) else r
        v += [p + (side*cos(tau*j/seg) + up*sin(tau*j/seg))*rr for j in range(seg+1)]
        uv += [(d/total, j/seg) for j in range(seg+1)]
        if i+1 < len(points): d += (points[i+1]-p).length
    f = [(i*(seg+1)+j, i*(seg+1)+j+1, (i+1)*(seg+1)+j+1, (i+1)*(seg+1)+j) for i in range(len(points)-1) for j in range(seg)]
    return mesh(v, f, mat, uv=uv)

def put(obs, at=(0, 0), rot=(0, 0, 0), lift=0.):
    "Turn a group by `rot` degrees, then centre it over `at` with its lowest point `lift` above the ground."
    m = Euler([radians(x) for x in rot]).to_matrix().to_4x4()
    pts = [m@ob.matrix_world@v.co for ob in obs for v in ob.data.vertices]
    mid = [(min(p[i] for p in pts) + max(p[i] for p in pts))/2 for i in (0, 1)]
    m = Matrix.Translation((at[0]-mid[0], at[1]-mid[1], lift-min(p.z for p in pts))) @ m
    for ob in obs: ob.matrix_world = m @ ob.matrix_world
    return obs

def dent(at, radius, depth):
    "A warp that pushes points near `at` towards the z axis."
    at = Vector(at)
    def f(p):
        d = (p-at).length/radius
        if d >= 1: return p
        k = 1 - depth*(1-d*d)**2/max(hypot(p.x, p.y), 1e-4)
        return Vector((p.x*k, p.y*k, p.z))
    return f

def crumple(amount, folds=14, size=.25, seed=0):
    "Height of paper that was crumpled and smoothed out: a sum of sharp straight creases."
    r = random.Random(seed)
    c = [(r.uniform(0, pi), r.uniform(-size, size), r.uniform(-1, 1)) for _ in range(folds)]
    return lambda x, y: amount*sum(w*abs(x*cos(a)+y*sin(a)-o) for a, o, w in c)/folds

# ---------------------------------------------------------------- things

def soda_can(base, light, name, warp=None):
    def art(u, v):
        wave = .42 + .1*np.sin(tau*u*2) + .03*np.sin(tau*u*6); c = np.where((v < wave)[..., None], srgb(base), srgb(light))
        c = np.where((abs(v-wave-.035) < .012)[..., None], srgb('#f2f2f0'), c)
        dots = (np.hypot((u*22) % 1-.5, ((v*14) % 1-.5)) < .28*(1-v/.34)) & (v < .3)
        c = np.where(dots[..., None], srgb(light), c)
        bars = (abs(u-.02) < .03) & (abs(v-.2) < .1)
        return np.where(bars[..., None], np.where((np.sin(u*900)+np.sin(u*610) > 0)[..., None], .1, .95), c)
    paint = surface(rough=.28, metal=.75, coat=.6, image=picture(art)); al = aluminium()
    body = [(.0265, .006), (.0325, .014), (.0331, .016), (.0331, .104), (.0322, .109), (.0275, .1175)]
    top = [(.0275, .1175), (.0272, .1195), (.0266, .1205), (.0257, .1195), (.0252, .1155), (.024, .1145), (0, .1145)]
    foot = [(0, .011), (.018, .009), (.0225, .0005), (.0238, 0), (.0252, .002), (.0265, .006)]
    ear = lambda r, x, z: lathe([(r*.55, z), (r*.6, z+.0012), (r, z+.0012), (r, z)], al, 40, lambda p: (warp or Vector)(Vector((p.x*.8+x, p.y, p.z))))
    return [lathe(body, paint, warp=warp), lathe(top, al, warp=warp), lathe(foot, al, warp=warp), ear(.0085, .004, .1152), ear(.011, -.008, .1143),
            letters(name, .03, surface('#fbfbf8', .3, coat=.5), around(.0331, .058, -pi/2, warp), .02, cut=.004)]

def crushed(p):
    "A can somebody stepped on: buckled in the middle and bent."
    a, t = atan2(p.y, p.x), p.z/.12
    k = exp(-((t-.5-.1*sin(a+.6))/.12)**2); r = 1 - .30*k*(.55+.45*cos(2*a+.5)) + .035*k*sin(9*a+20*t)
    return Vector((p.x*r + .012*(t-.5)**2*4 - .006, p.y*r, p.z*.86 + .006*k*sin(3*a)))

def food_can(label, name, r=.0375, h=.11, open_lid=True):
    "A ribbed tin with a paper label and its lid bent up."
    steel = surface('#c9c7c2', .25, 1., bump=(500, .06), mottle=.08)
    ribs = lambda a, b, n: [(r-.0007*(i % 2), a+(b-a)*i/n) for i in range(n+1)]
    shell = [(0, .003), (r-.004, .003), (r-.003, 0), (r+.001, 0), (r+.001, .003), (r, .004), *ribs(.006, h-.006, 34), (r, h-.004), (r+.001, h-.003), (r+.001, h), (r-.0005, h), (r-.001, h-.004), (r-.001, .006), (0, .006)]
    def art(u, v):
        c = np.where((v > .72)[..., None], srgb('#f3ead2'), srgb(label)); c = np.where((abs(v-.72) < .02)[..., None], srgb('#d8a437'), c)
        for i, (x, y) in enumerate(((.70, .28), (.76, .22), (.82, .3), (.73, .4), (.79, .42), (.2, .25), (.26, .33), (.32, .24))):
            d = np.hypot((u-x)*tau*r/h, v-y); c = np.where((d < .07)[..., None], srgb('#b92b1f')*(1.15-3*d)[..., None] + np.where(d < .02, .15, 0)[..., None], c)
        return np.clip(c, 0, 1)
    obs = [lathe(shell, steel, 140, step=.0012), lathe([(r+.0006, .012), (r+.0006, h-.014)], surface(rough=.55, image=picture(art)), 140),
           letters(name, .021, surface('#20351f', .6), around(r+.0006, h*.70), 0, cut=.004)]
    if open_lid:
        lid = lathe([(0, 0), (.011, 0), (.012, .0008), (.02, .0008), (.021, 0), (.029, 0), (.03, .001), (r-.002, .001)], steel, 100, lambda p: p + Vector((0, 0, .0005*sin(7*atan2(p.y, p.x))*(hypot(p.x, p.y)/r)**3)))
        lid.matrix_world = Matrix.Translation((0, r-.001, h)) @ Matrix.Rotation(radians(68), 4, 'X') @ Matrix.Translation((0, r-.003, 0)); obs.append(lid)
    return obs

def fish_tin(label):
    "A flat ring-pull tin, opened, with its printed rim."
    al, r, h = aluminium(.28), .042, .034
    gold = surface('#c9a85a', .3, .9, bump=(500, .08))
    def art(u, v):
        c = np.where((np.abs(v-.5) < .3)[..., None], srgb(label), srgb('#f4f1e8')); fish = (np.abs(v-.5) < .16*np.sin(pi*((u*6) % 1))) & ((u*6) % 1 < .8)
        return np.where(fish[..., None], srgb('#f4f1e8'), c)
    wall = [(.036, .001), (.039, .004), (r-.0015, h-.004), (r-.001, h-.003)]
    rim = [(r-.001, h-.003), (r+.001, h-.002), (r+.001, h), (r-.001, h), (r-.0015, h-.002)]
    inside = [(r-.0017, h-.002), (.0385, .005), (.036, .003), (.03, .003), (.029, .0036), (.02, .0036), (.019, .003), (0, .003)]
    obs = [lathe(wall, surface(rough=.3, metal=.5, coat=.5, image=picture(art))), lathe(rim, al), lathe(inside, gold), lathe([(0, 0), (.033, 0), (.036, .001)], al)]
    lid = [lathe([(0, .0), (.026, .0), (.027, .0008), (.034, .0008), (.036, -.0005), (.039, .0003)], al, 100),
           lathe([(.006, .0015), (.0065, .0028), (.011, .0028), (.0115, .0015)], al, 40, lambda p: Vector((p.x, p.y*1.25-.03, p.z)))]
    bend = lambda p: Vector((p.x, p.y, p.z + 6*p.y*p.y))
    for ob in lid:
        for v in ob.data.vertices: v.co = bend(v.co)
        ob.matrix_world = Matrix.Translation((.012, .04, h)) @ Euler((radians(58), 0, radians(-20))).to_matrix().to_4x4() @ Matrix.Translation((0, .034, 0))
    return obs + lid

def drink_bottle(tint, label, name):
    "A long-neck glass bottle with a paper label."
    out = rounded([(0, .004), (.022, .003), (.0295, 0), (.0305, .004), (.0305, .125), (.030, .14), (.018, .165), (.0145, .18), (.0135, .215), (.0135, .217), (.0148, .218), (.0148, .224), (.0135, .226), (.0135, .23)])
    inner = rounded([(.0105, .23), (.0105, .18), (.015, .163), (.027, .138), (.0275, .125), (.0275, .012), (.02, .007), (0, .012)])
    def art(u, v):
        c = np.broadcast_to(srgb(label), (*u.shape, 3)); c = np.where((np.abs(v-.5) > .43)[..., None], srgb('#d7b45a'), c)
        d = np.hypot((u-.75)*2.4, v-.55); c = np.where((d < .3)[..., None], srgb('#f3ecd8'), c)
        return np.where((abs(d-.26) < .012)[..., None], srgb('#7a2a1c'), c)
    paper = lathe([(.0308, .04), (.0308, .105)], surface(rough=.6, image=picture(art), mottle=.05))
    return [lathe(out+inner, glass(tint), 128), paper, letters(name, .0105, surface('#7a2a1c', .7), around(.0308, .073), .03, cut=.004)]

def pet_bottle(label, name, cap, tint='#f2fafd', drink=None, r=.0325, h=.2, warp=None):
    "A thin ribbed plastic bottle, with a little drink left in it if `drink` is a colour."
    ribs = [(r-.0017*(i % 2), .022+.0065*i) for i in range(8)]
    ribs2 = [(r-.0017*(i % 2), .125+.0065*i) for i in range(4)]
    body = rounded([(0, .008), (.012, .006), (.022, 0), (r-.003, .001), (r, .012), *ribs, (r-.0006, .075), (r-.0006, .122), *ribs2, (r-.002, .15), (.02, h-.03), (.0125, h-.02), (.0125, h-.008)], 2)
    def art(u, v):
        g = srgb(label)*(1-.25*v[..., None]); hill = .35+.15*np.sin(tau*u*3)+.06*np.sin(tau*u*7+1)
        c = np.where((v < hill)[..., None], srgb('#fafafa'), g); return np.where((abs(v-hill-.05) < .02)[..., None], srgb(cap), c)
    lid = [(.0145, h-.018), (.0148, h-.002), (.014, h), (0, h)]
    knurl = lambda p: (warp or Vector)(Vector((p.x, p.y, p.z))*1. if p.z > h-.002 else round_at(atan2(p.y, p.x), hypot(p.x, p.y)*(1+.012*sin(60*atan2(p.y, p.x))), p.z))
    obs = [lathe(body, film(tint, haze=.07, bump=(60, .25)), 128, warp), lathe([(r, .078), (r, .119)], surface(rough=.3, coat=.3, image=picture(art)), 128, warp),
           lathe(lid, surface(cap, .4), 240, knurl), lathe([(.0127, h-.0195), (.0152, h-.019), (.0152, h-.0175), (.0127, h-.017)], surface(cap, .4), 80, warp),
           letters(name, .019, surface('#fbfbfb', .4), around(r, .1, warp=warp), .02, cut=.004)]
    if drink: obs.append(lathe([(0, .009), (.012, .007), (.022, .001), (r-.004, .002), (r-.001, .012), *[(a-.0012, z) for a, z in ribs], (r-.0016, .071), (0, .071)], film(drink, .02, .12), 96, warp))
    return obs

def jar(lid_colour, name):
    "A food jar with a check lid and a hand-drawn kind of label."
    out = rounded([(0, .004), (.026, .002), (.033, 0), (.035, .005), (.035, .075), (.034, .085), (.029, .094), (.029, .106)])
    inner = rounded([(.0265, .106), (.0265, .093), (.032, .083), (.0325, .075), (.0325, .01), (.029, .006), (0, .006)])
    def check(u, v): return np.where((((u*26) % 1 < .5) ^ ((v*4) % 1 < .5))[..., None], srgb(lid_colour), srgb('#f6f2ea'))
    def top(u, v): return np.where((((u*14) % 1 < .5) ^ ((v*14) % 1 < .5))[..., None], srgb(lid_colour), srgb('#f6f2ea'))
    lid = lathe([(.0315, .0945), (.0322, .096), (.0322, .108), (.031, .1105)], surface(rough=.3, metal=.2, coat=.6, image=picture(check)))
    cover = lathe(rounded([(.031, .1105), (.028, .1112), (.0265, .1102), (0, .1102)]), surface(rough=.3, metal=.2, coat=.6, image=picture(top)))
    for d, v in zip(cover.data.uv_layers[0].data, cover.data.loops): p = cover.data.vertices[v.vertex_index].co; d.uv = (p.x*14+.5, p.y*14+.5)
    jam = lathe([(0, .0065), (.029, .0065), (.032, .011), (.0322, .03), (.0322, .034), (.031, .0325), (0, .032)], surface('#7d1220', .25, coat=.4, bump=(120, .6)))
    smear = lathe([(.0323, .034), (.0323, .06)], film('#c56a70', .3, .35, (40, .8)), warp=lambda p: p if p.z < .035 else Vector((p.x, p.y, .034+(p.z-.034)*(.3+1.1*noise.noise(Vector((p.x*45, p.y*45, 3))))))) 
    a0 = -pi/2; wide = lambda x, y: round_at(a0+x/.0353, .0353, .044+y)
    paper = sheet(.05, .034, wide, surface('#efe6cf', .8, mottle=.08), 40, 10); edge = sheet(.046, .030, lambda x, y: round_at(a0+x/.0354, .0354, .044+y), surface('#b0413e', .8), 40, 10)
    inlay = sheet(.0445, .0285, lambda x, y: round_at(a0+x/.0355, .0355, .044+y), surface('#efe6cf', .8, mottle=.08), 40, 10)
    ink = surface('#3a2620', .8)
    return [lathe(out+inner, glass('#f6fbf8'), 128), lid, cover, jam, smear, paper, edge, inlay, letters(name, .0105, ink, around(.0356, .046), .015, cut=.003), letters('plum and apple', .0045, ink, around(.0356, .0375), 0, cut=.003)]

def carton(w, d, h, tape=True):
    "An open cardboard box: four walls, four flaps, tape and print."
    k, t = kraft(), .004
    inside = kraft('#a27d50'); edge = kraft('#94714a')
    obs = [box((w, t, h), k, (0, -d/2, h/2)), box((w, t, h), inside, (0, d/2, h/2)), box((t, d-t, h), k, (-w/2, 0, h/2)), box((t, d-t, h), k, (w/2, 0, h/2)), box((w, d, t), inside, (0, 0, t/2+.001))]
    def flap(long, deep, at, turn, ang):
        bend = lambda x, y: Vector((x, y+deep/2, .010*(y/deep+.5)**2*deep/.1 + .0012*sin(40*x+3*ang)))
        ob = solid(sheet(long-.004, deep, bend, k, 30, 20), t); ob.matrix_world = Matrix.Translation((*at, h)) @ Matrix.Rotation(radians(turn), 4, 'Z') @ Matrix.Rotation(radians(ang), 4, 'X'); return ob
    obs += [flap(w, d/2, (0, -d/2), 180, 52), flap(w, d/2, (0, d/2), 0, 42), flap(d, d/2.2, (-w/2, 0), 90, -25), flap(d, d/2.2, (w/2, 0), 270, 14)]
    ink, front = surface('#3b3026', .9), lambda x0, z0: (lambda x, y: Vector((x0+x, -d/2-t/2-.0004, z0+y)))
    obs += [letters('THIS SIDE UP', .026, ink, front(-w*.17, h*.2), .01), letters('FRAGILE', .04, surface('#a3261d', .9), front(-w*.17, h*.52), .02)]
    for x0 in (.26, .36):
        a = [(-.012, 0), (.012, 0), (.012, .03), (.024, .03), (0, .055), (-.024, .03), (-.012, .03)]
        obs.append(mesh([front(w*x0, h*.3)(x, y) for x, y in a], [(0, 1, 2, 6), (3, 4, 5)], ink, False))
    if tape: obs.append(sheet(.05, h*.5, lambda x, y: Vector((w/2+t/2+.0006, x, h*.75+y)), film('#d9bd86', .15, .55), 4, 4))
    return obs

def parcel(w, d, h, colour):
    "A small product box lying closed, with printed sides and an opened end."
    def art(u, v):
        c = np.broadcast_to(srgb(colour), (*u.shape, 3)); c = np.where((v > .9+.05*np.sin(u*7))[..., None], srgb('#f3efe4'), c)
        d = np.hypot((u-.75)*w/d_, v-.4); return np.where((d < .2)[..., None], srgb('#f0b93a'), np.where((abs(d-.24) < .012)[..., None], srgb('#f3efe4'), c))
    d_ = d; grey = surface('#b3aa9b', .9, mottle=.06); side = surface(colour, .5, mottle=.05)
    walls = [box((w, d, .0008), grey, (0, 0, .0004)), box((w, .0008, h), side, (0, -d/2, h/2)), box((w, .0008, h), side, (0, d/2, h/2)), box((.0008, d, h), grey, (-w/2, 0, h/2))]
    top = sheet(w, d, lambda x, y: Vector((x, y, h + .002*sin(pi*(x/w+.5))*sin(pi*(y/d+.5)))), surface(rough=.45, coat=.2, image=picture(art)), 40, 40)
    def tongue(y0, ang, long):
        ob = solid(sheet(long, d-.004, lambda x, y: Vector((x+long/2, y, .15*x*x/long)), grey, 12, 4), .0006); ob.matrix_world = Matrix.Translation((w/2, 0, y0)) @ Matrix.Rotation(radians(ang), 4, 'Y'); return ob
    ink = surface('#f8f5ec', .6)
    return walls + [top, tongue(h, -22, h*.95), tongue(0, 3, h*.9), letters('crunchy', .035, ink, lambda x, y: Vector((x-w*.17, y+.004, h+.0028)), .01), letters('oat squares', .019, ink, lambda x, y: Vector((x-w*.17, y-.026, h+.0028)), 0),
                    letters('crunchy oat squares', .017, ink, lambda x, y: Vector((x, -d/2-.0007, h/2-.006+y)), 0)]

def story(n, seed):
    r = random.Random(seed); return ' '.join(r.choice(PLAIN) for _ in range(n))

def newspaper():
    "A folded paper: a front page with headline, picture and columns over a few more sheets."
    w, h = .29, .38
    bend = lambda k: lambda x, y: Vector((x + .0012*k*sin(y*9), y, .012 - .0022*k + .010*(max(0, x/w)*2)**3*(1-.12*k) + .003*sin(x*11+1)*sin(y*8) + .006*exp(-((x+w/2)/.012)**2)*-1 + crumple(.012, 9, .2, 3)(x, y)))
    paper = surface('#d6d1c4', .95, mottle=.06, bump=(300, .1)); ink = surface('#2b2a2a', .9); grey = surface('#56524e', .9)
    obs = [sheet(w-.003*k, h-.002*k, bend(k), paper) for k in range(5)]
    on = lambda x0, y0: (lambda x, y: bend(0)(x0+x, y0+y)+Vector((0, 0, .0004)))
    obs += [letters('THE MORNING POST', .030, ink, on(0, .158), 0, cut=.02), letters('Town to sort its own waste', .0205, ink, on(0, .118), .006, cut=.02)]
    for y in (.150, .1425, -.03): obs.append(sheet(w-.03, .0007, lambda x, yy, y=y: on(0, y)(x, yy), ink, 60, 1))
    def view(u, v):
        g = .8-.25*v
        for i, (a, b, c) in enumerate(((.55, 9, .45), (.42, 14, .3), (.25, 6, .16))): g = np.where(v < a+.07*np.sin(b*u+i)+.03*np.sin(31*u+i), c, g)
        return (g + .08*np.sin(u*400)*np.sin(v*300))[..., None].repeat(3, 2)
    obs.append(sheet(.172, .118, lambda x, y: on(-.044, .046)(x, y), surface(rough=.95, image=picture(view, 512, 384)), 60, 60))
    cols = [(-.13, -.037, 14), (-.042, -.037, 14), (.046, .105, 27)]
    for i, (x, y, n) in enumerate(cols):
        obs.append(letters(story(n*8, i), .0068, grey, on(x, y), 0, width=.083 if i < 2 else .086))
    return obs

def office_sheet(seed, amount=.05, w=.21, h=.297):
    "A printed letter that was crumpled once."
    f = crumple(amount, 16, .16, seed); curl = lambda x, y: .05*max(0, x/w+y/h-.55)**2
    bend = lambda x, y: Vector((x, y, f(x, y)+curl(x, y)))
    on = lambda x0, y0: (lambda x, y: bend(x0+x, y0+y)+Vector((0, 0, .0004)))
    ink = surface('#33343a', .8); paper = surface('#f1f1ee', .8)
    ob = sheet(w, h, bend, paper, 160, 200); ob.data.polygons.foreach_set('use_smooth', [False]*len(ob.data.polygons))
    obs = [ob, letters('Minutes of the meeting', .0115, ink, on(-.02, .115), 0, cut=.02)]
    for i, (y, n) in enumerate(((.095, 46), (.048, 30), (.012, 40), (-.07, 34))): obs.append(letters(story(n, seed*9+i), .0066, ink, on(-.083, y), 0, width=.166))
    for j in range(5): obs.append(sheet(.022, .006+.006*((j*7) % 5), lambda x, y, j=j: on(-.06+.028*j, -.045+.003*((j*7) % 5))(x, y), surface('#4a6ea8', .8), 6, 4))
    return obs

def paper_ball(r, seed):
    "A sheet squeezed into a ball: ridges and flat facets."
    bm = bmesh.new(); bmesh.ops.create_icosphere(bm, subdivisions=6, radius=1)
    rnd = random.Random(seed); off = Vector([rnd.uniform(-9, 9) for _ in range(3)])
    planes = [(Vector([rnd.gauss(0, 1) for _ in range(3)]).normalized(), rnd.uniform(.72, .95)) for _ in range(38)]
    for v in bm.verts:
        d = v.co.normalized(); k = min([c/max(1e-3, d.dot(n)) for n, c in planes if d.dot(n) > .2] + [1.1])
        q = d*2.1+off; ridge = sum(abs(noise.noise(q*s + Vector((s, 0, 0))))/s for s in (1, 2.3)); f1, f2 = noise.voronoi(d*2.6+off)[0][:2]
        v.co = d*r*(k - .22*ridge + .16*min(f2-f1, .4))
    me = bpy.data.meshes.new('ball'); bm.to_mesh(me); bm.free(); ob = bpy.data.objects.new('ball', me); bpy.context.collection.objects.link(ob)
    me.materials.append(surface('#efefec', .85)); return [ob]

def magazine(title, colours, seed, line='The long way home', w=.21, h=.28):
    "A glossy cover with a drawn landscape over a block of pages."
    sky, far, near, sun = map(srgb, colours)
    def art(u, v):
        c = sky + (srgb('#fff3dc')-sky)*np.clip(1.1-v, 0, 1)[..., None]; c = np.where((np.hypot((u-.68)*.75, v-.6) < .1)[..., None], sun, c)
        for i, k in enumerate(np.linspace(0, 1, 4)): c = np.where((v < .5-.12*i+.06*np.sin(u*(5+3*i)+seed+i)+.025*np.sin(u*(19+5*i)+2*i))[..., None], far+(near-far)*k, c)
        return np.clip(c, 0, 1)
    bend = lambda x, y: Vector((x, y, .005 + .010*max(0, x/w+.1)**2.2 - .002*exp(-((x+w/2)/.006)**2)))
    cover = sheet(w, h, bend, surface(rough=.22, coat=.7, image=picture(art, 512, 680)), 80, 20)
    page = surface('#ece8df', .7); obs = [cover] + [sheet(w-.001*(k % 3), h-.002, lambda x, y, k=k: bend(x, y)*1. - Vector((.0004*(k % 2), 0, .0006*(k+1))), page, 40, 4) for k in range(7)]
    on = lambda x0, y0: (lambda x, y: bend(x0+x, y0+y)+Vector((0, 0, .0004))); white = surface('#fffdf8', .4, coat=.4)
    return obs + [letters(title, .047, white, on(0, .092), .008, cut=.02), letters(line, .014, white, on(-.035, -.085), .01, cut=.02), letters('12 walks for a slow weekend', .0085, white, on(-.033, -.1), 0, cut=.02)]

def cup(colours, name=None, r0=.027, r1=.041, h=.108, foam=False, coffee=True):
    "A conical cup with a rolled rim; foam ones are thick, white and beaded."
    rad = lambda z: r0+(r1-r0)*z/h
    if foam:
        mat = bpy.data.materials.new('foam'); n = Nodes(mat); cells = n('TexVoronoi', {'Scale': 330., 'Vector': n.coords()}).outputs[0]
        n.end(n('BsdfPrincipled', {'Base Color': rgb('#f3f3f0'), 'Roughness': .6, 'Normal': n.bump(cells, .35, .0012)}))
        p = rounded([(0, .003), (r0-.004, .003), (r0-.003, 0), (r0, 0), (rad(.01), .01), (rad(h-.012), h-.012), (r1+.0025, h-.011), (r1+.003, h-.003), (r1+.001, h), (r1-.0015, h), (r1-.004, h-.008), (r0-.002, .007), (0, .007)], 1)
        return [lathe(p, mat)]
    def art(u, v):
        c = np.broadcast_to(srgb(colours[0]), (*u.shape, 3)); tri = np.abs(((u*12+v*2) % 1)-.5)*2
        c = np.where(((v > .12) & (v < .12+.28*tri))[..., None], srgb(colours[1]), c); tri = np.abs(((u*12-v*2+.3) % 1)-.5)*2
        return np.where(((v < .88) & (v > .88-.2*tri))[..., None], srgb(colours[2]), c)
    wall = lathe([(r0, 0), (r1, h-.002)], surface(rough=.45, coat=.15, image=picture(art)))
    rim = lathe(rounded([(r1, h-.003), (r1+.0018, h-.003), (r1+.002, h), (r1, h+.0006), (r1-.0012, h-.001)], 2), surface('#f7f5ef', .4))
    inside = lathe([(r1-.0008, h-.001), (rad(.03)-.001, .03), (rad(.008)-.001, .008), (0, .008)], surface('#efe9dc', .35, mottle=.05))
    obs = [wall, rim, inside, lathe([(r0-.0005, 0), (r0-.001, .006), (0, .006)], surface('#e8e2d5', .6))]
    if coffee: obs.append(lathe([(0, .03), (rad(.03)-.0025, .03), (rad(.03)-.0012, .0308)], surface('#3a1f10', .08, coat=.5)))
    if name: obs.append(letters(name, .02, surface(colours[2], .6), around(rad, .05), .03, cut=.004))
    return obs

def straw(colour, length=.2, bendy=True, turn=35):
    "A striped drinking straw with a bellows bend."
    def art(u, v): return np.where((((u*16+v) % 1) < .45)[..., None], srgb(colour), srgb('#f7f7f3'))
    k, pts = .72 if bendy else 1., []
    for i in range(500):
        t = i/499
        if t < k: p = Vector((0, t*length, 0))
        else:
            a = radians(turn)*min(1, (t-k)/.1); s = (t-k)*length; p = Vector((sin(a)*s*.75, k*length+cos(a*.7)*s, 0))
        pts.append(p)
    r = lambda t: .003 + (.0006*sin((t-k)*1500) if bendy and abs(t-k-.05) < .05 else 0)
    return [solid(tube(pts, r, surface(rough=.25, coat=.3, image=picture(art))), .0003)]

def eggshell(colour, seed, part=.55, r=.0215):
    "The rest of an egg: an ovoid cut by a jagged crack, brown outside and white inside."
    shell = surface(colour, .55, bump=(2500, .1), mottle=.07); white = surface('#f4f0e6', .35, coat=.2)
    n, m, off = 160, 120, Vector((seed*3.7, 1, 2))
    def at(i, j, k):
        t, a = pi*i/m, tau*j/n; z = -cos(t); w = sin(t)*(1-.10*z)
        return Vector((k*r*w*cos(a), k*r*w*sin(a), k*r*1.28*z))
    def crack(a): q = Vector((cos(a), sin(a), 0)); return int(m*(part + .05*noise.noise(q*1.5+off) + .045*noise.cell(q*4+off) + .03*noise.noise(q*9+off)))
    tops = [crack(tau*j/n) for j in range(n+1)]; tops[-1] = tops[0]
    obs = []
    for k, mat in ((1, shell), (.983, white)):
        v, f, ids = [], [], {}
        def vid(i, j):
            if (i, j) not in ids: ids[i, j] = len(v); v.append(at(i, j, k))
            return ids[i, j]
        for j in range(n):
            for i in range(min(tops[j], tops[j+1])): f.append((vid(i, j), vid(i, j+1), vid(i+1, j+1), vid(i+1, j)))
            a, b = tops[j], tops[j+1]
            for i in range(min(a, b), max(a, b)): f.append((vid(i, j), vid(min(a, b), j+1), vid(i+1, j)) if a > b else (vid(min(a, b), j), vid(i, j+1), vid(i+1, j+1)))
        obs.append(mesh(v, f, mat))
    rimv = [at(tops[j % n], j, k) for j in range(n) for k in (1, .983)]
    obs.append(mesh(rimv, [(2*j, 2*j+1, (2*j+3) % (2*n), (2*j+2) % (2*n)) for j in range(n)], white))
    return obs

def detergent(colour, cap, name):
    "A jug with a handle: two shapes joined, the hand hole cut, then melted together by a remesh."
    flat = lambda p: Vector((p.x*1.45 + (.012*max(0, (p.z-.13)/.06) if p.z > .13 else 0)*-1, p.y*.86, p.z))
    body = lathe(rounded([(0, 0), (.045, 0), (.05, .006), (.05, .12), (.047, .15), (.034, .185), (.02, .205), (.018, .225), (0, .225)], 2), surface(colour, .3, coat=.25), 96, flat)
    bm = bmesh.new(); bm.from_mesh(body.data); bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-5); bmesh.ops.recalc_face_normals(bm, faces=bm.faces); bm.to_mesh(body.data); bm.free()
    hole = lathe([(0, -.1), (.013, -.1), (.013, .1), (0, .1)], surface(), 48); hole.matrix_world = Matrix.Translation((.043, 0, .135)) @ Matrix.Rotation(radians(18), 4, 'Y') @ Matrix.Diagonal((1, 1, 2.3, 1)) @ Matrix.Rotation(pi/2, 4, 'X')
    bm = bmesh.new(); bm.from_mesh(hole.data); bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-5); bmesh.ops.recalc_face_normals(bm, faces=bm.faces); bm.to_mesh(hole.data); bm.free()
    b = body.modifiers.new('cut', 'BOOLEAN'); b.object, b.operation = hole, 'DIFFERENCE'
    m = body.modifiers.new('melt', 'REMESH'); m.mode, m.voxel_size, m.use_smooth_shade = 'VOXEL', .0016, True
    s = body.modifiers.new('soft', 'SMOOTH'); s.factor, s.iterations = .5, 14
    me = bpy.data.meshes.new_from_object(body.evaluated_get(bpy.context.evaluated_depsgraph_get())); body.modifiers.clear(); body.data = me; bpy.data.objects.remove(hole)
    top = lambda p: round_at(atan2(p.y, p.x), hypot(p.x, p.y)*(1+.02*sin(40*atan2(p.y, p.x))*(p.z < .247)), p.z) + Vector((-.019, 0, 0))
    lid = lathe(rounded([(.021, .212), (.023, .214), (.0215, .247), (.02, .25), (0, .25)], 1), surface(cap, .35, coat=.2), 240, top)
    def art(u, v):
        c = np.broadcast_to(srgb('#f7f7f4'), (*u.shape, 3)); d = np.hypot((u-.5)*1.1, (v-.62)*1.1)
        for i, k in enumerate((.42, .33, .24)): c = np.where((d < k)[..., None], [srgb(cap), srgb('#ffd447'), srgb('#f7f7f4')][i], c)
        for x, y, s in ((.2, .2, .05), (.3, .13, .03), (.75, .2, .06), (.85, .1, .03)): c = np.where((np.hypot(u-x, v-y) < s)[..., None], srgb('#7cc4ea'), c)
        return c
    on = lambda g: (lambda x, y: Vector((x-.014, -.0432*(1-((x-.014)/.0735)**2)**.5-.0012-g, .075+y)))
    return [body, lid, sheet(.075, .085, on(0), surface(rough=.35, coat=.2, image=picture(art, 512, 512)), 40, 20), letters(name, .018, surface('#1c3f8f', .5), (lambda f: lambda x, y: f(x, y+.004))(on(.0004)), .03, cut=.006)]

def aerosol(base, light, name):
    "A spray can with its domed shoulder and nozzle."
    r, h = .0265, .15; steel = aluminium(.3)
    def art(u, v):
        c = srgb(base)*(1-.35*v)[..., None] + srgb(light)*(.35*v)[..., None]
        for k in range(7): c = np.where((np.abs(v - .12-.05*k-.06*np.sin(tau*u*2+k*.5)) < .006)[..., None], srgb(light), c)
        return np.where((np.abs(v-.93) < .02)[..., None], srgb('#e9e9e9'), c)
    shoulder = rounded([(r, h), (r+.0012, h+.001), (r+.0012, h+.0025), (r-.001, h+.003), (.021, h+.010), (.0165, h+.013), (.0175, h+.0145), (.0165, h+.016), (.015, h+.0145), (.0135, h+.012), (0, h+.012)], 1)
    nozzle = rounded([(.0045, h+.012), (.0045, h+.018), (.0075, h+.019), (.0075, h+.028), (.006, h+.031), (0, h+.0315)], 1)
    foot = [(0, .006), (.02, .004), (r-.001, 0), (r+.001, 0), (r+.001, .003), (r, .004)]
    obs = [lathe([(r, .004), (r, h)], surface(rough=.25, metal=.5, coat=.6, image=picture(art))), lathe(shoulder, steel), lathe(foot, steel), lathe(nozzle, surface('#f4f4f2', .4))]
    ink = surface('#ffffff', .35)
    return obs + [letters(name, .021, ink, around(r, .092), .02, cut=.004), letters('spray paint 400 ml', .0058, ink, around(r, .08), 0, cut=.003), lathe([(0, 0), (.0011, 0), (.0011, .001), (0, .001)], surface('#333333'), 12, lambda p: Vector((p.x, -.0075-p.z, p.y+h+.024)))]

def cutlery(kind, mat):
    "A moulded fork, knife or spoon: an outline filled, thickened and bent."
    half = dict(spoon=[(.0045, 0), (.005, .05), (.004, .085), (.0045, .1), (.012, .112), (.0175, .128), (.0175, .14), (.012, .155), (.004, .161)],
                knife=[(.005, 0), (.006, .05), (.005, .075), (.008, .085), (.0095, .1), (.0095, .14), (.006, .158), (.001, .165)],
                fork=[(.0045, 0), (.005, .05), (.004, .085), (.006, .1), (.0115, .108), (.013, .118), (.0125, .158), (.0105, .162)])[kind]
    right = rounded([(0, -.004), *half], 2)
    if kind == 'fork':
        comb = [(.0095, .16), (.0093, .128), (.0068, .126), (.0065, .16), (.0045, .163), (.0028, .16), (.0026, .127), (0, .125)]
        right = right + comb
    left = [(-x*(.25 if kind == 'knife' and y > .08 else 1), y) for x, y in reversed(right)]
    c = bpy.data.curves.new('c', 'CURVE'); c.dimensions, c.fill_mode, c.extrude, c.bevel_depth, c.bevel_resolution = '2D', 'BOTH', .0005, .0005, 2
    pts = [*right, *left]; s = c.splines.new('POLY'); s.points.add(len(pts)-1); s.use_cyclic_u = True
    for p, (x, y) in zip(s.points, pts): p.co = (x, y, 0, 1)
    ob = bpy.data.objects.new('c', c); bpy.context.collection.objects.link(ob)
    me = bpy.data.meshes.new_from_object(ob.evaluated_get(bpy.context.evaluated_depsgraph_get())); bpy.data.objects.remove(ob)
    bm = bmesh.new(); bm.from_mesh(me); bmesh.ops.remove_doubles(bm, verts=bm.verts, dist=1e-6); bmesh.ops.triangulate(bm, faces=bm.faces)
    for _ in range(4): bmesh.ops.subdivide_edges(bm, edges=[e for e in bm.edges if e.calc_length() > .005], cuts=1); bmesh.ops.triangulate(bm, faces=bm.faces)
    for v in bm.verts:
        x, y = v.co.x, v.co.y; t = max(0, (y-.08)/.08)
        bowl = -.006*max(0, 1-(x/.0175)**2-((y-.134)/.028)**2) if kind == 'spoon' else -.004*sin(pi*min(1, t)) if kind == 'fork' else 0
        v.co.z += bowl + .007*sin(pi*min(1, max(0, y/.1))) + (0.0012*cos(x/.005*pi/2) if y < .085 else 0) + (.004*t*t if kind == 'fork' else 0)
    bm.to_mesh(me); bm.free(); me.polygons.foreach_set('use_smooth', [True]*len(me.polygons)); me.use_auto_smooth, me.auto_smooth_angle = True, radians(50)
    ob = bpy.data.objects.new(kind, me); bpy.context.collection.objects.link(ob); me.materials.clear(); me.materials.append(mat); return [ob]

def tea_bag(seed):
    "A used tea bag: a damp pillow of paper with leaves showing, string and tag."
    w, h = .05, .058; n = None
    mat = bpy.data.materials.new('tea'); n = Nodes(mat); leaf = n.noise(420, 6, n.coords(), .7); wet = n.noise(45, 3, n.coords())
    mix = n('Math', {0: leaf, 1: wet}, operation='MULTIPLY_ADD'); mix.inputs[2].default_value = .0
    n.end(n('BsdfPrincipled', {'Base Color': n.ramp(mix.outputs[0], ((.16, '#3a1e0d'), (.24, '#7d4a22'), (.32, '#b98a55'))), 'Roughness': .35, 'Normal': n.bump(leaf, .5, .0008)}))
    def face(s):
        def f(x, y):
            e = max(0, 1-(2*x/w*1.08)**4)*max(0, 1-(2*y/h*1.1)**4); z = .0075*e**.6*(1+.35*noise.noise(Vector((x*60, y*60, s+seed)))) + .0012*noise.noise(Vector((x*220, y*220, seed)))
            return Vector((x*(1-.06*e), y*(1-.06*e), s*z + .002*sin(x*50+seed)))
        return f
    obs = [sheet(w, h, face(1), mat, 70, 80), sheet(w, h, face(-.5), mat, 70, 80)]
    pts = [Vector((.004*sin(t*5)+.05*t*t, h/2-.004 + .07*t - .05*t*t, .003*(1-t)**2 - .002)) for t in np.linspace(0, 1, 60)]
    obs.append(tube(pts, .0005, surface('#e9e2d2', .9), 8)); end = pts[-1]
    def art(u, v): return np.where(((np.abs(u-.5) > .42) | (np.abs(v-.5) > .42))[..., None], srgb('#e8c84a'), srgb('#2e7d4f'))
    tag = lambda g: (lambda x, y: end + Vector((x+.008, y*.95, .003 + .02*abs(x)*abs(x)*40 + g)))
    return obs + [sheet(.026, .026, tag(0), surface(rough=.6, image=picture(art, 128, 128)), 12, 12), letters('TEA', .009, surface('#fbf6e6', .7), (lambda f: lambda x, y: f(x, y-.003))(tag(.0004)), .03, cut=.004)]

# ---------------------------------------------------------------- places

def oak(tone=('#57402b', '#8a6a48', '#b3946c'), plank=.14, gap=True):
    "Planks with long grain, each a little different."
    mat = bpy.data.materials.new('oak'); n = Nodes(mat); xyz = n.coords()
    brick = n('TexBrick', {'Vector': xyz, 'Scale': 1., 'Mortar Size': .0007 if gap else 0., 'Brick Width': 1.1, 'Row Height': plank, 'Color1': (0, 0, 0, 1), 'Color2': (1, 1, 1, 1), 'Mortar': (.5, .5, .5, 1)}, offset=.37)
    shift = n('VectorMath', {0: n.coords((1.2, 16, 1)), 1: n('CombineXYZ', {0: n('Math', {0: brick.outputs[0], 1: 7.}, operation='MULTIPLY').outputs[0]}).outputs[0]}, operation='ADD').outputs[0]
    grain = n.noise(3.2, 9, shift, .62); fibre = n.noise(40, 4, n.coords((1, 30, 1)), .6)
    g = n('Math', {0: fibre, 1: .22, 2: grain}, operation='MULTIPLY_ADD').outputs[0]
    g = n('Math', {0: brick.outputs[0], 1: .09, 2: g}, operation='MULTIPLY_ADD').outputs[0]
    col = n.ramp(g, ((.42, tone[0]), (.62, tone[1]), (.85, tone[2])))
    dark = n('MixRGB', {0: brick.outputs[1], 1: col, 2: rgb('#1d130b')}).outputs[0]
    n.end(n('BsdfPrincipled', {'Base Color': dark, 'Roughness': n('MapRange', {0: grain, 3: .3, 4: .55}).outputs[0], 'Normal': n.bump(g, .12, .002)})); return mat

def tiles(a='#b9b3a8', b='#a8a196', size=.3):
    "Square stone tiles with grout."
    mat = bpy.data.materials.new('tiles'); n = Nodes(mat)
    brick = n('TexBrick', {'Vector': n.coords(), 'Scale': 1., 'Mortar Size': .003, 'Mortar Smooth': .2, 'Brick Width': size, 'Row Height': size, 'Color1': rgb(a), 'Color2': rgb(b), 'Mortar': rgb('#6f6a62')}, offset=0.)
    cloud = n('HueSaturation', {'Color': brick.outputs[0], 'Value': n('MapRange', {0: n.noise(9, 9, n.coords(), .65), 3: .7, 4: 1.3}).outputs[0]}).outputs[0]
    low = n('Math', {0: 1., 1: brick.outputs[1]}, operation='SUBTRACT').outputs[0]
    n.end(n('BsdfPrincipled', {'Base Color': cloud, 'Roughness': n('MapRange', {0: n.noise(14, 6, n.coords()), 3: .18, 4: .5}).outputs[0], 'Normal': n.bump(low, .6, .002)})); return mat

def marble():
    "A pale kitchen counter with speckles."
    mat = bpy.data.materials.new('counter'); n = Nodes(mat)
    vein = n.ramp(n.noise(6, 12, n.coords(), .7), ((.38, '#8d8a86'), (.5, '#d9d6d1'), (.75, '#e9e7e3')))
    speck = n('MixRGB', {0: n('MapRange', {0: n.noise(600, 2, n.coords()), 1: .62, 2: .68, 3: 0., 4: .6}).outputs[0], 1: vein, 2: rgb('#77726c')}).outputs[0]
    n.end(n('BsdfPrincipled', {'Base Color': speck, 'Roughness': .22})); return mat

def plane(w, d, mat, at=(0, 0, 0), rot=(0, 0, 0)):
    ob = mesh([(-w/2, -d/2, 0), (w/2, -d/2, 0), (w/2, d/2, 0), (-w/2, d/2, 0)], [(0, 1, 2, 3)], mat, False)
    ob.matrix_world = Matrix.Translation(at) @ Euler([radians(x) for x in rot]).to_matrix().to_4x4(); return ob

def lamp(kind, at, energy, colour='#ffffff', size=1., look=(0, 0, 0), height=None):
    l = bpy.data.lights.new('lamp', kind); l.energy, l.color = energy, rgb(colour)[:3]
    if kind == 'AREA': l.shape, l.size, l.size_y = 'RECTANGLE', size, height or size
    if kind == 'SUN': l.angle = radians(size)
    ob = bpy.data.objects.new('lamp', l); bpy.context.collection.objects.link(ob)
    ob.location = at; ob.rotation_euler = (Vector(look)-Vector(at)).to_track_quat('-Z', 'Y').to_euler()

def world(colour, strength, sky=None):
    w = bpy.data.worlds.new('world'); bpy.context.scene.world = w; w.use_nodes = True; n = w.node_tree.nodes; bg = n['Background']
    bg.inputs[0].default_value, bg.inputs[1].default_value = rgb(colour), strength
    if sky:
        s = n.new('ShaderNodeTexSky'); s.sky_type, s.sun_disc, s.sun_elevation, s.sun_rotation = 'NISHITA', False, radians(sky), radians(210)
        w.node_tree.links.new(s.outputs[0], bg.inputs[0])

def room(rnd, at=1.6, low=0.):
    "A wall with blurred furniture and a bright window, seen and mirrored behind the thing."
    wall = surface(rnd.choice(('#d9d2c4', '#c4ccd0', '#cfc3b4', '#b9c2b4')), .9)
    plane(8, 3, wall, (0, at+.9, low+1.5), (90, 0, 0)); plane(6, 3, wall, (-2.6, 0, low+1.5), (90, 0, 90)); plane(6, 3, wall, (2.6, 0, low+1.5), (90, 0, -90))
    for i in range(6):
        s = rnd.uniform(.25, .6), rnd.uniform(.2, .4), rnd.uniform(.3, 1.1)
        box(s, surface(rnd.choice(('#5c4633', '#7a3b2e', '#31475a', '#e6e1d6', '#4f6148', '#8d8378', '#222222')), .6), (-1.9+.75*i+rnd.uniform(-.15, .15), at+.4, low+s[2]/2), .01)
    side = rnd.choice((-1, 1))
    lamp('AREA', (1.5*side, .1, low+1.4), 34, '#f4f8ff', 1., (0, 0, 0), 1.3); lamp('AREA', (-.9*side, -1.3, low+1.9), 12, '#ffe3c2', .7); lamp('AREA', (.3, 1., low+2.1), 9, '#fff2e0', .5)
    world('#b8b3aa', .22)

def table(rnd, obs, top='oak'):
    mat = {'oak': oak, 'walnut': lambda: oak(('#2b1a10', '#4c3020', '#6e4a30'), .09), 'pine': lambda: oak(('#a8763f', '#cfa066', '#e3c08c'), .12), 'counter': marble}[top]()
    box((1.7, 1.15, .03), mat, (rnd.uniform(-.2, .2), rnd.uniform(.15, .25), -.015), .004); plane(8, 8, tiles('#8a8178', '#7c736b'), (0, 0, -.75)); room(rnd, low=-.75)

def floor(rnd, obs, kind='tiles'):
    ob = plane(6, 5, tiles() if kind == 'tiles' else tiles('#d8d2c4', '#cfc8b8', .2) if kind == 'cream' else oak(plank=.12), (.07, .6, 0), (0, 0, 0 if kind == 'wood' else 8)); room(rnd, at=rnd.uniform(.9, 1.3))
    box((8, .02, .09), surface('#eeeae2', .5), (0, 1.75, .045), .004)

def grass(rnd, obs, dry=.12):
    "A lawn: bent blades, shorter and parted where the thing lies, in sun and sky light."
    pts = [ob.matrix_world@v.co for ob in obs for v in ob.data.vertices]; pts = [p for p in pts if p.z < .05][::3]
    tree = KDTree(len(pts)); [tree.insert(p, i) for i, p in enumerate(pts)]; tree.balance()
    flat = KDTree(len(pts)); [flat.insert((p.x, p.y, 0), i) for i, p in enumerate(pts)]; flat.balance()
    g = np.random.default_rng(rnd.randrange(10**6)); verts, faces, cols = [], [], []
    green = [rgb(c) for c in ('#4c6b1f', '#5f7f28', '#3d5a1c', '#73902f', '#48701f')]; straw_ = [rgb(c) for c in ('#a8945a', '#8d7f48', '#bda76c')]
    n = 34000; xs, ys = g.uniform(-1, 1, n), g.beta(1.1, 2.6, n)*2.6-.42
    for x, y in zip(xs*(.34+.42*(ys+.42)), ys):
        d = flat.find((x, y, 0))[2]
        if d < .004: continue
        h = g.uniform(.022, .06)*(.45+.55*min(1, d/.035))*(.6+.8*(noise.noise(Vector((x*5, y*5, 0)))*.5+.5)); a = g.uniform(0, tau); lean = h*g.uniform(.15, .9); wide = g.uniform(.0012, .0026)
        dx, dy = cos(a)*lean, sin(a)*lean
        if tree.find((x+dx*.6, y+dy*.6, h*.7))[2] < .006: dx, dy, h = -dx, -dy, h*.6
        sx, sy, b = -sin(a)*wide, cos(a)*wide, len(verts)
        for t, k in ((0, 1), (.4, .9), (.75, .6)):
            px, py, pz = x+dx*t*t, y+dy*t*t, h*(t-.18*t*t*lean/h); verts += [(px+sx*k, py+sy*k, pz), (px-sx*k, py-sy*k, pz)]
        verts.append((x+dx, y+dy, h*(1-.18*lean/h))); faces += [(b, b+1, b+3, b+2), (b+2, b+3, b+5, b+4), (b+4, b+5, b+6)]
        c = straw_[g.integers(3)] if g.random() < dry else green[g.integers(5)]; s = g.uniform(.7, 1.25); cols += [(c[0]*s, c[1]*s, c[2]*s, 1)]*7
    mat = bpy.data.materials.new('blade'); n = Nodes(mat); col = n('Attribute', attribute_name='tint').outputs[0]
    n.end(n('MixShader', {0: .3, 1: n('BsdfPrincipled', {'Base Color': col, 'Roughness': .45}).outputs[0], 2: n('BsdfTranslucent', {'Color': col}).outputs[0]}))
    ob = mesh(verts, faces, mat); ob.data.color_attributes.new('tint', 'FLOAT_COLOR', 'POINT').data.foreach_set('color', np.array(cols, np.float32).ravel())
    soil = bpy.data.materials.new('soil'); n = Nodes(soil); k = n.noise(30, 8, n.coords(), .7)
    n.end(n('BsdfPrincipled', {'Base Color': n.ramp(k, ((.35, '#241a0e'), (.5, '#3c3a18'), (.7, '#4a5a22'))), 'Roughness': .95, 'Normal': n.bump(k, .8, .01)})); plane(14, 14, soil)
    hedge = bpy.data.materials.new('hedge'); n = Nodes(hedge); k = n.noise(7, 8, n.coords(), .7); n.end(n('BsdfDiffuse', {'Color': n.ramp(k, ((.35, '#16240d'), (.55, '#39551f'), (.75, '#7d9a4a')))})); plane(14, 2.4, hedge, (0, 4.5, 1), (90, 0, 0))
    lamp('SUN', (1.2*rnd.choice((-1, 1)), -.6, 1.7), 3.6, '#fff1d8', .6); world('#ffffff', .16, sky=40)

def camera(dist, up, turn=0., roll=0., aim=(0, 0, .04), lens=42, fstop=9., tall=False, samples=SAMPLES):
    "A phone held `dist` away and `up` degrees above, a little crooked."
    aim = Vector(aim); at = aim + dist*Vector((sin(radians(turn))*cos(radians(up)), -cos(radians(turn))*cos(radians(up)), sin(radians(up))))
    c = bpy.data.cameras.new('camera'); c.lens, c.clip_start, c.dof.use_dof, c.dof.focus_distance, c.dof.aperture_fstop = lens, .01, True, dist*.98, fstop
    ob = bpy.data.objects.new('camera', c); bpy.context.collection.objects.link(ob); s = bpy.context.scene; s.camera, s.cycles.samples = ob, samples
    ob.matrix_world = Matrix.Translation(at) @ (aim-at).to_track_quat('-Z', 'Y').to_matrix().to_4x4() @ Matrix.Rotation(radians(roll), 4, 'Z')
    s.render.resolution_x, s.render.resolution_y = (SHORT, LONG) if tall else (LONG, SHORT)

# ---------------------------------------------------------------- shots: name, thing, place, camera

SHOTS = {
 'aluminum_soda_cans_table': (lambda: put(soda_can('#c3202c', '#e9862a', 'FIZZ', dent((.02, -.034, .035), .03, .007)), rot=(0, 0, 14)), table, dict(top='oak'), dict(dist=0.30, up=24, turn=12, roll=2, aim=(0, 0, .055), tall=True)),
 'aluminum_soda_cans_grass': (lambda: put(soda_can('#1d6d8c', '#49b3a1', 'LIMO', crushed), rot=(-86, -16, 62)), grass, {}, dict(dist=0.32, up=42, turn=-8, roll=-3, aim=(0, 0, .02))),
 'steel_food_cans_table': (lambda: put(food_can('#2f7a3d', 'TOMATO'), rot=(0, 0, -8)), table, dict(top='counter'), dict(dist=0.35, up=27, turn=-6, roll=-2, aim=(0, 0, .065), tall=True, samples=110)),
 'aluminum_food_cans_floor': (lambda: put(fish_tin('#1f5aa0'), rot=(0, 0, 30)), floor, dict(kind='cream'), dict(dist=0.29, up=38, turn=5, roll=3, aim=(0, .01, .03))),
 'glass_beverage_bottles_grass': (lambda: put(drink_bottle('#a4cf86', '#e8dcb8', 'ORCHARD'), rot=(-87, 0, 58)), grass, dict(dry=.2), dict(dist=0.40, up=46, turn=4, roll=2, aim=(.0, .02, .02))),
 'plastic_water_bottles_floor': (lambda: put(pet_bottle('#2a7fc0', 'spring', '#1c63b0', warp=dent((.02, -.03, .05), .035, .010)), rot=(-90, 8, 58)), floor, dict(kind='tiles'), dict(dist=0.35, up=40, turn=-4, roll=-2, aim=(0, .01, .02))),
 'plastic_soda_bottles_table': (lambda: put(pet_bottle('#c01f2b', 'COLA', '#d6202a', drink='#4a2413', r=.034, h=.215), rot=(0, 0, -8)), table, dict(top='pine'), dict(dist=0.43, up=18, turn=10, roll=1.5, aim=(0, 0, .1), tall=True)),
 'glass_food_jars_table': (lambda: put(jar('#c0392b', 'Jam'), rot=(0, 0, 10)), table, dict(top='walnut'), dict(dist=0.29, up=24, turn=-10, roll=1, aim=(0, 0, .052), samples=110)),
 'cardboard_boxes_floor': (lambda: put(carton(.32, .24, .2), rot=(0, 0, 24)), floor, dict(kind='wood'), dict(dist=0.87, up=32, turn=0, roll=1, aim=(0, 0, .12), lens=40)),
 'cardboard_packaging_table': (lambda: put(parcel(.19, .13, .045, '#2f8f83'), rot=(0, 0, -28)), table, dict(top='oak'), dict(dist=0.38, up=38, turn=0, roll=-2, aim=(.01, 0, .02))),
 'newspaper_table': (lambda: put(newspaper(), rot=(0, 0, 17)), table, dict(top='walnut'), dict(dist=0.68, up=52, turn=-4, roll=2, aim=(.01, 0, 0), tall=True)),
 'office_paper_floor': (lambda: put(office_sheet(3, .11), (-.03, .03), (0, 0, 24)) + put(paper_ball(.05, 5), (.13, -.06)), floor, dict(kind='wood'), dict(dist=0.50, up=50, turn=3, roll=-2, aim=(.03, 0, .02))),
 'magazines_table': (lambda: put(magazine('COAST', ('#e7a04f', '#8a5a8c', '#1f2f52', '#fff0b0'), 2), (.02, .03), (0, 0, -26)) + put(magazine('TRAIL', ('#5aa6cf', '#7fa7a0', '#1f4a35', '#fff6d0'), 5), (0, 0), (0, 0, 8), lift=.012), table, dict(top='pine'), dict(dist=0.56, up=50, turn=4, roll=2, aim=(0, .01, .01))),
 'paper_cups_table': (lambda: put(cup(('#f2ece0', '#c9703c', '#2f5d57'), 'brew'), rot=(0, 0, 8)), table, dict(top='oak'), dict(dist=0.32, up=30, turn=8, roll=-2, aim=(0, 0, .05), tall=True, samples=110)),
 'styrofoam_cups_grass': (lambda: put(cup(None, foam=True), rot=(96, 8, 40)), grass, {}, dict(dist=0.32, up=40, turn=0, roll=3, aim=(0, .0, .03), samples=110)),
 'plastic_straws_table': (lambda: sum((put(straw(c, turn=t), at, (0, 0, r), lift=l) for c, at, r, t, l in (('#d7263d', (-.045, .02), -18, 35, 0), ('#1b8fcf', (.03, .02), 34, -40, .006), ('#3aa655', (.055, .01), 6, 30, 0), ('#f2a31b', (-.01, .03), -62, 35, .012))), []), table, dict(top='counter'), dict(dist=0.37, up=48, turn=0, roll=2, aim=(0, .02, 0))),
 'eggshells_table': (lambda: put(eggshell('#b9794c', 1), (-.025, 0), (12, -20, 0)) + put(eggshell('#b9794c', 2, .46), (.035, .012), (-28, 22, 60)) + put(eggshell('#e9dfd0', 4, .5), (.004, .055), (150, 10, 0)), table, dict(top='oak'), dict(dist=0.21, up=38, turn=0, roll=-3, aim=(.004, .012, .012), samples=110)),
 'plastic_detergent_bottles_floor': (lambda: put(detergent('#e87722', '#1d4fa3', 'FRESH'), rot=(0, 0, 16)), floor, dict(kind='tiles'), dict(dist=0.47, up=20, turn=-4, roll=-1.5, aim=(0, 0, .12), tall=True)),
 'aerosol_cans_floor': (lambda: put(aerosol('#27306e', '#e0479e', 'GLOSS'), rot=(0, 0, 9)), floor, dict(kind='wood'), dict(dist=0.38, up=22, turn=8, roll=2, aim=(0, 0, .085), tall=True)),
 'disposable_plastic_cutlery_table': (lambda: sum((put(cutlery(k, surface('#f3f3f1', .28, coat=.3)), at, (0, 0, r), lift=l) for k, at, r, l in (('fork', (-.045, 0), 10, 0), ('knife', (.0, .004), -4, 0), ('spoon', (.048, 0), -16, 0))), []), table, dict(top='walnut'), dict(dist=0.32, up=52, turn=6, roll=-3, aim=(0, 0, 0))),
 'tea_bags_table': (lambda: put(tea_bag(1), (-.02, -.01), (0, 0, 24)) + put(tea_bag(4), (.045, .03), (0, 0, -50)), table, dict(top='counter'), dict(dist=0.24, up=44, turn=0, roll=2, aim=(.01, .01, 0))),
}

def drop_notes(path):
    "Cut the comments (render time and such) out of a JPEG, so that equal pictures are equal files."
    b, i, out = path.read_bytes(), 2, b'\xff\xd8'
    while b[i+1] != 0xda:
        n = 2 + int.from_bytes(b[i+2:i+4], 'big')
        if b[i+1] != 0xfe: out += b[i:i+n]
        i += n
    path.write_bytes(out + b[i:])

def shoot(name, out):
    "Build one shot in an empty scene and render it to `out`/`name`.jpg."
    bpy.ops.wm.read_factory_settings(use_empty=True); rnd = random.Random(f'{SEED} {name}')
    thing, place, kw, cam = SHOTS[name]; obs = thing(); place(rnd, obs, **kw); camera(**cam)
    s = bpy.context.scene; s.render.engine = 'CYCLES'; c = s.cycles; c.device, c.use_denoising, c.seed = 'CPU', False, SEED
    c.caustics_reflective = c.caustics_refractive = False; c.max_bounces, c.diffuse_bounces, c.transparent_max_bounces, c.sample_clamp_indirect = 10, 3, 16, 3.
    s.render.threads_mode, s.render.threads = 'FIXED', 1
    v = s.view_settings; v.view_transform, v.look, v.exposure = 'Filmic', 'Medium High Contrast', .35
    r = s.render; r.image_settings.file_format, r.image_settings.quality, r.filepath = 'JPEG', 85, str(Path(out).resolve()/f'{name}.jpg')
    bpy.ops.render.render(write_still=True); drop_notes(Path(r.filepath))

if __name__ == '__main__':
    args = sys.argv[sys.argv.index('--')+1:]
    Path(args[0]).mkdir(parents=True, exist_ok=True)
    for name in args[1:] or SHOTS: shoot(name, args[0])
